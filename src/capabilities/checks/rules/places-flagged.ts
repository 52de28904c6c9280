import type { RuleProblem } from '../../analyzers/index.ts';
import type { StandardDocument } from '../../standards/index.ts';
import { fromPaths } from '../changes/from-paths.ts';
import type { RuleRunning } from '../checks-deps.ts';
import { ruleSetOf } from './rule-sets.ts';
import { runRules } from './run-rules.ts';

/** What the checks of one standard do in the whole project. */
export interface CheckTrial {
  /** Places they flag. */
  places: number;
  /** Checks that cannot run, or were stopped, each with a whole sentence about why. */
  problems: { check: string; reason: string }[];
}

/**
 * Runs a standard's `check:` over the whole project, whether or not it is in force: the same files and the same count as
 * `troupe check` has once it is. A `check:` that the front matter does not hold as it should is not looked at here.
 * Errors: `analyzers.cancelled`, `analyzers.thread_failed`, `files.*`.
 */
export async function placesFlagged(
  { id, document, text }: { id: string; document: StandardDocument; text: string },
  running: RuleRunning,
): Promise<CheckTrial> {
  const broken = await brokenRules({ id, document, text }, running);
  if (broken.length > 0) return { places: 0, problems: broken.map(inWords) };
  const toCheck = await fromPaths(running.files, [], undefined);
  const { findings, problems } = await runRules(
    [{ entry: { id }, document, text }],
    toCheck,
    // Only counted: nobody reads the quotes.
    { checks: { ...running, redact: (quote) => Promise.resolve({ text: quote }) } },
    { onProgress: () => undefined },
  );
  return { places: findings.length, problems: problems.map(inWords) };
}

/** The rules that cannot run, whatever files the project has: a rule is compiled only where there is a file to read. */
async function brokenRules(
  { id, document, text }: { id: string; document: StandardDocument; text: string },
  { files, runChecks, settings }: RuleRunning,
): Promise<RuleProblem[]> {
  const { problems } = await runChecks({
    root: files.root,
    files: [emptyFile],
    texts: new Map([[emptyFile, '']]),
    sets: [{ ...ruleSetOf({ entry: { id }, document, text }), appliesTo: [] }],
    wholeProject: true,
    ruleTimeoutMs: settings.ruleTimeoutMs,
  });
  return problems;
}

const emptyFile = 'empty.ts';

const inWords = ({ rule, message }: RuleProblem) => ({ check: rule, reason: message });
