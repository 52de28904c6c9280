import { counted, type Call } from '../../../kernel/index.ts';
import type { ToCheck } from '../changes/to-check.ts';
import type { ChecksDeps } from '../checks-deps.ts';
import type { StandardFinding } from '../contract/index.ts';
import { sectionOf } from '../rules/section-of.ts';
import type { ChosenStandard } from '../selection/select-standards.ts';
import type { ToJudge } from './judge.ts';

/** A standard that applies and was not checked, or only in part. */
export interface NotChecked {
  /** Its id or file. */
  standard: string;
  reason: string;
}

/** What a reader said, or why there was none. */
export interface Reading {
  jobId: string | null;
  findings: StandardFinding[];
  checked: string[];
  notChecked: NotChecked[];
  notes: string[];
}

/** Sections that say what to do; the others give reasons, examples and sources. */
const sectionsToJudge = ['Pattern', 'Anti-patterns'];

/** Words of the changes that are searched for. */
const maxQueryLength = 2_000;

/**
 * Hands standards that no rule can check to a persona, the nearest first, and waits a while for the answer. Those it
 * does not get, and all of them where nobody can read, are named with the reason.
 */
export async function askJudge(
  standards: readonly ChosenStandard[],
  { toCheck, files, rulesOnly }: { toCheck: ToCheck; files: readonly string[]; rulesOnly: boolean },
  deps: ChecksDeps,
  call: Pick<Call, 'signal' | 'progress'>,
): Promise<Reading> {
  const { judge, settings } = deps.checks;
  const nobody = (why: string): Reading => ({
    jobId: null,
    findings: [],
    checked: [],
    notChecked: standards.map((standard) => ({
      standard: standard.entry.id,
      reason: `${whyNoRule(standard)}, and ${why}`,
    })),
    notes: [],
  });
  if (standards.length === 0 || files.length === 0) return nobody('there is nothing to read');
  if (rulesOnly) return nobody('only rules were asked for');
  if (toCheck.toApply !== undefined && toCheck.toApply.length > 0)
    return nobody('a persona reads the files in this project: apply the diff first');
  const why = judge === undefined ? 'nobody can read it here' : judge.unavailable();
  if (judge === undefined || why !== undefined) return nobody(why ?? '');

  const ranked = await nearestFirst(standards, { toCheck, files }, deps);
  const read = ranked.slice(0, settings.maxJudged);
  const left = ranked.slice(settings.maxJudged).map((standard) => ({
    standard: standard.entry.id,
    reason: `${whyNoRule(standard)}, and a persona reads the ${settings.maxJudged} nearest to the changes (checks.max_judged): name it in standards`,
  }));
  const { jobId } = await judge.ask({ standards: read.map(toJudge), files, diff: toCheck.diff });
  const ids = read.map(({ entry }) => entry.id);
  call.progress?.({ percent: 60, message: `a persona reads ${counted(read.length, 'standard')}` });
  const verdict = await judge.verdict(jobId, ids, { timeoutMs: settings.judgeWaitMs, signal: call.signal });
  if (verdict.state === 'done') {
    const findings = verdict.findings.map((finding) => {
      const { document } = read.find(({ entry }) => entry.id === finding.standard)!;
      const { message, quote } = finding;
      return { ...finding, rule: null, section: sectionOf(document, { id: '', message, quote }).heading };
    });
    const { unassigned } = verdict;
    const notes =
      unassigned === 0
        ? []
        : [
            `Left out: ${counted(unassigned, 'claim')} of the persona without a verified place or the name of a standard.`,
          ];
    return { jobId, findings, checked: ids, notChecked: left, notes };
  }
  const reason =
    verdict.state === 'failed'
      ? `the persona could not read it: ${verdict.reason}`
      : `a persona has not finished reading it: \`troupe jobs watch ${jobId}\` goes on with it`;
  return {
    jobId,
    findings: [],
    checked: [],
    notChecked: [...ids.map((standard) => ({ standard, reason })), ...left],
    notes: [],
  };
}

const whyNoRule = ({ document }: ChosenStandard) =>
  document.checks.length === 0 ? 'no rule can check it' : 'its rules read none of these files';

function toJudge({ entry, document }: ChosenStandard): ToJudge {
  const parts = document.sections.filter(({ heading }) => sectionsToJudge.includes(heading));
  const text = [document.lead, ...parts.map(({ text: own }) => own)]
    .filter((part) => part !== '')
    .join('\n\n');
  return { id: entry.id, file: entry.file, text };
}

/** The project's own first, then those with globs, then by what the search says of the changes. */
async function nearestFirst(
  standards: readonly ChosenStandard[],
  { toCheck, files }: { toCheck: ToCheck; files: readonly string[] },
  { checks: { search } }: ChecksDeps,
): Promise<ChosenStandard[]> {
  const { results } = await search.search(queryOf(toCheck.diff, files), { limit: 20 });
  const found = results.map(({ id }) => id);
  const rank = ({ entry, document }: ChosenStandard) =>
    (entry.layer === 'universal' ? 200 : 0) +
    (document.appliesTo.length === 0 ? 100 : 0) +
    (found.includes(entry.id) ? found.indexOf(entry.id) : 50);
  return standards.toSorted((a, b) => rank(a) - rank(b) || (a.entry.id < b.entry.id ? -1 : 1));
}

/** The words that the changes hold most often, with the names of the files. */
function queryOf(diff: string | null, files: readonly string[]): string {
  const added = (diff ?? '').split('\n').filter((line) => line.startsWith('+') && !line.startsWith('+++'));
  const counts = new Map<string, number>();
  for (const word of [...added, ...files].join(' ').match(/[A-Za-z]{4,}/g) ?? [])
    counts.set(word, (counts.get(word) ?? 0) + 1);
  const words = [...counts].sort(([, a], [, b]) => b - a).map(([word]) => word);
  return words.slice(0, 60).join(' ').slice(0, maxQueryLength) || 'code';
}
