import type { ProjectFiles } from '../../../platform/files/index.ts';
import { counted, isAppError } from '../../../kernel/index.ts';
import { addedLinesOf, isDiff, type AddedLines } from '../../../platform/git/index.ts';
import { checkErrors } from '../errors.ts';
import { relativeTo } from './relative-to.ts';
import { isUnder, type SkippedPart, type ToCheck } from './to-check.ts';

/**
 * Lines that a diff adds, in the files as they lie here. A file that is not as the diff leaves it is skipped and named:
 * its line numbers would point anywhere. Nothing is checked of a diff none of whose texts can be compared, and that is an
 * error: a gate would be open. Errors: `checks.no_diff`, `checks.outside_paths`, `checks.not_applied`.
 */
export async function fromDiff(
  diff: string,
  { files, paths }: { files: ProjectFiles; paths: readonly string[] },
): Promise<ToCheck> {
  if (!isDiff(diff)) throw checkErrors.make('checks.no_diff', {});
  const named = await Promise.all(paths.map((path) => relativeTo(files, path)));
  const all = [...addedLinesOf(diff)];
  const added = all.filter(([file]) => isUnder(file, named));
  if (added.length === 0 && all.length > 0)
    throw checkErrors.make('checks.outside_paths', { files: all.map(([file]) => file), paths: named });
  const skipped: SkippedPart[] = [];
  const lines = new Map<string, ReadonlySet<number>>();
  for (const [file, changes] of added) {
    const reason = changes.binary ? undefined : await whyNot(file, changes, files);
    if (changes.binary) skipped.push({ file, reason: 'binary', isByContent: true });
    else if (reason !== undefined) skipped.push({ file, reason });
    else if (changes.lines.size > 0) lines.set(file, new Set(changes.lines.keys()));
  }
  const notCompared = skipped.filter(({ isByContent }) => isByContent !== true);
  if (lines.size === 0 && notCompared.length > 0)
    throw checkErrors.make('checks.not_applied', { skipped: notCompared });
  return {
    async *batches() {
      yield { files: [...lines.keys()], skipped };
    },
    linesOf: (file) => lines.get(file) ?? new Set(),
    stated: (count) => counted(count, 'changed file'),
    named,
    wholeProject: false,
    diff,
  };
}

async function whyNot(file: string, { lines }: AddedLines, files: ProjectFiles): Promise<string | undefined> {
  let text: string;
  try {
    ({ text } = await files.readText(file));
  } catch (error) {
    if (isAppError(error))
      return error.code === 'files.not_found' ? 'not here' : error.message.replace(/\.$/, '');
    throw error;
  }
  const here = text.split(/\r?\n/);
  const other = [...lines].find(([number, content]) => here[number - 1] !== content);
  return other === undefined ? undefined : `not as the diff leaves it (line ${other[0]})`;
}
