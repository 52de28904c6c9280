import { counted } from '../../../kernel/index.ts';

/** What a job tells of a worker that is no longer heard. */
export interface Silence {
  job_id: string;
  silent_seconds?: number | undefined;
  takeover_in_seconds?: number | undefined;
}

/** The same in a sentence with what follows; nothing while the worker is heard. */
export function renderSilence({ job_id: jobId, silent_seconds: silent, takeover_in_seconds: left }: Silence) {
  if (silent === undefined) return '';
  const since = `No sign of life from its worker for ${counted(silent, 'second')}`;
  const shortId = jobId.slice(-4);
  return left === undefined || left === 0
    ? `${since}: the next worker takes it up, an IDE with troupe, \`troupe worker\` or \`troupe jobs watch ${shortId}\`.`
    : `${since}; another worker may take it up in ${counted(left, 'second')}.`;
}
