import type { StandardFinding } from '../contract/index.ts';
import type { Judge, Question, Verdict } from './judge.ts';

/** A job of a persona, as far as a verdict needs it. */
export interface PersonaJob {
  status: 'pending' | 'running' | 'complete' | 'failed' | 'cancelled';
  /** Why it failed. */
  failure: string | null;
  findings: readonly {
    file: string;
    line: number;
    severity: StandardFinding['severity'];
    rule: string | null;
    /** Id of the standard it cites. */
    standard?: string | null | undefined;
    title: string;
    quote: string;
    why: string;
    remedy: string;
    /** Whether the place holds the quoted code. */
    placeVerified: boolean;
  }[];
}

export interface PersonaJudgeOptions {
  /** Why no language model can answer here; `undefined` when one can. */
  noModel(): string | undefined;
  /** Gives a persona a task, and sees to it that somebody works on it. */
  invoke(task: string, context: string): Promise<{ jobId: string }>;
  /** The job, once it ended or after `timeoutMs`. */
  read(jobId: string, wait: { timeoutMs: number; signal?: AbortSignal | undefined }): Promise<PersonaJob>;
  /** Largest context of a job, bytes. */
  maxContextBytes: number;
}

/** Most files named in a task. */
const maxNamed = 40;

/** A judge that gives a persona a job: the standards and the changes to read, findings that name the standard. */
export function personaJudge({ noModel, invoke, read, maxContextBytes }: PersonaJudgeOptions): Judge {
  return {
    unavailable: noModel,
    ask: (question) => invoke(taskOf(question), contextOf(question, maxContextBytes)),
    verdict: async (jobId, standards, wait) => verdictOf(await read(jobId, wait), standards),
  };
}

function taskOf({ standards, files, diff }: Question): string {
  const places =
    diff === null ? files.slice(0, maxNamed).join(' ') : 'the lines that the diff in the context adds';
  return [
    `Check ${places} against the standards in the context, and against nothing else.`,
    `They are ${standards.map(({ id }) => id).join(', ')}.`,
    'Report a finding for each place that departs from one: begin its title with the id in brackets, quote the code, and say what the standard asks for. Report nothing that no standard says.',
  ].join(' ');
}

function contextOf({ standards, diff }: Question, maxBytes: number): string {
  const rules = standards.map(({ id, file, text }) => `Standard ${id} (${file}):\n${text}`).join('\n\n');
  const whole = diff === null ? rules : `${rules}\n\nThe changes:\n\n${diff}`;
  if (Buffer.byteLength(whole) <= maxBytes) return whole;
  const note = '\n[The changes are longer; read the files.]\n';
  return (
    Buffer.from(whole)
      .subarray(0, maxBytes - Buffer.byteLength(note))
      .toString('utf8')
      .replace(/[^\n]*$/, '') + note
  );
}

function verdictOf({ status, failure, findings }: PersonaJob, ids: readonly string[]): Verdict {
  if (status === 'pending' || status === 'running') return { state: 'reading' };
  if (status !== 'complete') return { state: 'failed', reason: failure ?? `its job was ${status}` };
  const assigned = findings
    .filter(({ placeVerified }) => placeVerified)
    .flatMap((finding) => {
      const standard = standardNamed(finding, ids);
      return standard === undefined ? [] : [{ ...finding, standard }];
    });
  return {
    state: 'done',
    unassigned: findings.length - assigned.length,
    findings: assigned.map(({ file, line, severity, standard, title, remedy, quote }) => ({
      file,
      line,
      severity,
      standard,
      message: `${title.replace(`[${standard}]`, '').trim().replace(/\.$/, '')}. ${remedy}`,
      quote,
    })),
  };
}

/** The standard a finding is about: the one it cites, else the only one that its title, or then its rule or reason, names. */
function standardNamed(
  { standard, rule, title, why }: PersonaJob['findings'][number],
  ids: readonly string[],
): string | undefined {
  if (ids.includes(standard ?? '')) return standard ?? undefined;
  const named = [title, rule ?? '', why].map((text) => {
    const words = text.split(/[^\w/-]+/u);
    return ids.filter((id) => words.includes(id));
  });
  const [only, another] = named.find((found) => found.length > 0) ?? [];
  return another === undefined ? only : undefined;
}
