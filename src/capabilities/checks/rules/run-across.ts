import { compileScope } from '../../../platform/files/index.ts';
import type { CheckReport, RuleProblem, RuleSet } from '../../analyzers/index.ts';
import { fromPaths } from '../changes/from-paths.ts';
import type { RuleRunning } from '../checks-deps.ts';

/** What a look across all files of the project told of the changed ones. */
export interface AcrossReport {
  /** Findings in changed files; which of their lines count is for whoever asked. */
  report: Pick<CheckReport, 'findings' | 'suppressed' | 'idleComments'>;
  /** Changed files that were looked at, by id of the set. */
  filesChecked: ReadonlyMap<string, number>;
}

/**
 * Whether a rule did not run because only changed files were given: one that is for none of them has nothing to say.
 */
export const needsAllFiles = ({ code }: RuleProblem) => code === 'analyzers.needs_whole_project';

/** The sets whose rules look across files and are for a changed file, with these rules only. */
export function setsAcross(
  sets: readonly RuleSet[],
  problems: Iterable<RuleProblem>,
  changed: readonly string[],
): RuleSet[] {
  const waiting = [...problems].filter(needsAllFiles);
  return sets.flatMap((set) => {
    const used = new Set(waiting.filter((one) => one.set === set.id).map(({ rule }) => rule));
    if (used.size === 0 || !changed.some(compileScope(set.appliesTo))) return [];
    return [{ ...set, rules: set.rules.filter((rule) => 'uses' in rule && used.has(rule.uses)) }];
  });
}

/**
 * Runs rules that look across files over all files of the project, the changed ones with their texts as they are to be
 * checked, and keeps what concerns the changed ones. All of the project is read, some seconds for a thousand files, so this
 * is for changes that such a rule is for.
 * Errors: those of `runChecks`, `files.*`.
 */
export async function runAcross(
  sets: readonly RuleSet[],
  { changed, texts }: { changed: readonly string[]; texts: ReadonlyMap<string, string> },
  { files, runChecks, settings }: RuleRunning,
  call: { signal?: AbortSignal | undefined; onProgress(done: number, total: number): void },
): Promise<AcrossReport> {
  const everything: string[] = [];
  for await (const batch of (await fromPaths(files, [], call.signal)).batches())
    everything.push(...batch.files);
  const wanted = new Set(changed);
  const { findings, suppressed, idleComments } = await runChecks({
    root: files.root,
    // What is staged may not lie here any more.
    files: [...new Set([...everything, ...changed])],
    sets,
    texts,
    wholeProject: true,
    ruleTimeoutMs: settings.ruleTimeoutMs,
    ...(call.signal === undefined ? {} : { signal: call.signal }),
    onProgress: ({ filesDone, filesTotal }) => call.onProgress(filesDone, filesTotal),
  });
  return {
    report: {
      findings: findings.filter(({ file }) => wanted.has(file)),
      suppressed: suppressed.filter(({ file }) => wanted.has(file)),
      // What is wrong with a comment itself, the look at each file has told.
      idleComments: idleComments.filter(
        ({ file, problem }) => wanted.has(file) && problem === 'nothing-found',
      ),
    },
    filesChecked: new Map(
      sets.map(({ id, appliesTo }) => [id, changed.filter(compileScope(appliesTo)).length]),
    ),
  };
}
