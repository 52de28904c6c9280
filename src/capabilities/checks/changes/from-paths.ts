import { counted } from '../../../kernel/index.ts';
import type { ProjectFiles } from '../../../platform/files/index.ts';
import { skippedPart, type ToCheck } from './to-check.ts';

/**
 * Whole files: those named, those below folders named, or all of the project.
 * Errors: `files.bad_path`, `files.outside_project`, `files.not_found`, `files.not_a_file`.
 */
export async function fromPaths(
  files: ProjectFiles,
  paths: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ToCheck> {
  const listing = await files.list({ under: paths, ...(signal === undefined ? {} : { signal }) });
  const found = listing.files.map(({ path }) => path);
  const skipped = listing.skipped.map(skippedPart);
  const taken = new Set(found);
  const named: string[] = [];
  for (const path of paths) {
    const { relative, kind } = await files.resolve(path);
    named.push(relative);
    if (kind === 'file' && !taken.has(relative) && !skipped.some(({ file }) => file === relative))
      skipped.push({ file: relative, reason: 'ignored' });
  }
  if (listing.truncated)
    skipped.push({
      file: '.',
      reason: `there are more files than files.max_files; ${found.length} were taken`,
    });
  return {
    async *batches() {
      yield { files: found, skipped };
    },
    linesOf: () => undefined,
    stated: (count) => counted(count, 'file'),
    named,
    wholeProject: paths.length === 0,
    diff: null,
  };
}
