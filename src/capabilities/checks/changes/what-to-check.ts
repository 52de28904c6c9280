import type { CheckInput } from '../contract/index.ts';
import type { ChecksDeps } from '../checks-deps.ts';
import { checkErrors } from '../errors.ts';
import { fromDiff } from './from-diff.ts';
import { fromBase, fromStaged } from './from-git.ts';
import { fromPaths } from './from-paths.ts';
import type { ToCheck } from './to-check.ts';

/** What the caller means. Errors: `checks.one_source`, `checks.no_diff`, `checks.diff_too_large`, `files.*`, `git.*`. */
export async function whatToCheck(
  { diff, staged, base, paths = [] }: CheckInput,
  { checks: { files, settings } }: ChecksDeps,
  signal: AbortSignal | undefined,
): Promise<ToCheck> {
  const given = Object.entries({ diff, staged: staged || undefined, base }).flatMap(([name, value]) =>
    value === undefined ? [] : [name],
  );
  if (given.length > 1) throw checkErrors.make('checks.one_source', { given });
  const { maxDiffBytes, maxFileBytes, gitTimeoutMs } = settings;
  if (diff !== undefined) {
    const sizeBytes = Buffer.byteLength(diff);
    if (sizeBytes > maxDiffBytes)
      throw checkErrors.make('checks.diff_too_large', { sizeBytes, limitBytes: maxDiffBytes });
    return fromDiff(diff, { files, paths });
  }
  const options = { files, paths, maxDiffBytes, maxFileBytes, gitTimeoutMs, signal };
  if (staged) return fromStaged(options);
  if (base !== undefined) return fromBase(base, options);
  return fromPaths(files, paths, signal);
}
