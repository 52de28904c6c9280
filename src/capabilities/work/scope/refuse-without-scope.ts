import type { ProjectFiles } from '../../../platform/files/index.ts';
import { workErrors } from '../errors.ts';
import { isQuestion } from '../offline/question.ts';
import { withNearPaths } from './near-paths.ts';
import { asksForAll, type JobScope } from './scope-of-job.ts';

/** What somebody wants made is not there yet. */
const makes =
  /^(?:please,? |(?:can|could|would|will) you (?:please )?)?(?:create|add|implement|build|make|generate|scaffold|move|rename|extract|split|migrate)\b/i;
const saysContext =
  /\b(?:diff|patch|changes?|changed|commits?|staged|this|these|it|context|snippet|input)\b/i;

/**
 * Refuses a task whose scope would be the whole project by mistake: all paths that it names are missing, or it is about a
 * context that is empty, as that of `git diff` where nothing changed.
 * Errors: `work.path_not_found`, `work.empty_context`.
 */
export async function refuseWithoutScope(
  { task, context }: { task: string; context: string | undefined },
  { paths, surelyMissing, diff }: JobScope,
  files: ProjectFiles,
): Promise<void> {
  const isEmpty = context === undefined || context.trim() === '';
  if (paths.length > 0 || diff !== undefined || !isEmpty) return;
  if (surelyMissing.length > 0) {
    if (isQuestion(task) || makes.test(task)) return;
    throw workErrors.make('work.path_not_found', { missing: await withNearPaths(surelyMissing, files) });
  }
  if (context !== undefined && saysContext.test(task) && !asksForAll(task))
    throw workErrors.make('work.empty_context', {});
}
