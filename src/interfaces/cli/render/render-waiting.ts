import type { Severity } from '../../../capabilities/work/contract/index.ts';
import { exitCodes } from '../exit-codes.ts';

/** That a job waits, and who takes it up. */
export function renderWaiting(jobId: string): string {
  const shortId = jobId.slice(-4);
  return `Job ${shortId} waits: an IDE with troupe or \`troupe worker\` works on it; \`troupe jobs watch ${shortId}\` does so here.`;
}

/** That a job could not be stored any further here, and how it goes on. */
export function renderUnstored(jobId: string): string {
  const shortId = jobId.slice(-4);
  return `Job ${shortId} ends here; what it had stored is kept. \`troupe jobs watch ${shortId}\` goes on with it once this is fixed:`;
}

/** That a gate does not pass, because the review behind it judged nothing, or not all that it was asked about. */
export function renderNothingJudged(failOn: Severity, summary: string | null): string {
  const what = summary?.includes('**Not judged:**')
    ? 'Not everything that was asked about was judged; the review says what, and why.'
    : 'Nothing was judged: there are no rules for what was in scope, and no language model answered.';
  return `${what} With --fail-on ${failOn} such a review counts as failed, so this exits with ${exitCodes.conflict}.`;
}
