import type { ProjectFiles } from '../../../platform/files/index.ts';
import type { Job } from '../../jobs/index.ts';
import { changedLinesOf, type ChangedLines } from './diff-lines.ts';
import { inWords, scopeOfTask, type Scope } from './scope-of-task.ts';

/** Most changed files named one by one. */
const maxNamed = 3;

/**
 * The scope of an offline job. A diff in its context narrows it, where the task names no place of its own: to the
 * changed lines of the files that are here. Errors: as `scopeOfTask`.
 */
export async function scopeOfJob(
  job: Pick<Job, 'task' | 'context'>,
  files: ProjectFiles,
): Promise<{ scope: Scope; changed: ChangedLines | undefined }> {
  const scope = await scopeOfTask(job.task, files);
  const changed = job.context === null ? undefined : changedLinesOf(job.context);
  if (changed === undefined) return { scope, changed };
  const here: string[] = [];
  const missing: string[] = [];
  for (const path of changed.keys()) {
    const found = await files.resolve(path).then(
      (place) => place.kind === 'file',
      () => false,
    );
    (found ? here : missing).push(path);
  }
  if (here.length === 0) return { scope, changed: undefined };
  if (scope.paths.length > 0) return { scope, changed };
  const named = here.length <= maxNamed ? inWords(here) : `${here.length} files`;
  return {
    scope: { paths: here, stated: `the changed lines of ${named}`, missing: [...scope.missing, ...missing] },
    changed,
  };
}
