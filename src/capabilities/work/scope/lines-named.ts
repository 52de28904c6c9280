import { counted, isAppError } from '../../../kernel/index.ts';
import type { ProjectFiles } from '../../../platform/files/index.ts';
import type { NamedPlace } from './named-places.ts';
import type { LineRange } from './words-of-task.ts';

/**
 * The lines of files that a task names, such as `src/a.ts:20-40`, by path; a file that it also names without lines counts
 * whole. `beyond` has the files whose lines are all behind their end, each in words.
 */
export async function linesNamed(
  named: readonly NamedPlace[],
  files: ProjectFiles,
): Promise<{ lines: Map<string, LineRange[]>; beyond: Map<string, string> }> {
  const lines = new Map<string, LineRange[]>();
  const beyond = new Map<string, string>();
  const whole = new Set(named.filter((each) => each.lines === undefined).flatMap(({ places }) => places));
  for (const { places, lines: range } of named) {
    const [path] = places;
    if (range === undefined || path === undefined || places.length > 1 || whole.has(path)) continue;
    const count = await lineCount(path, files);
    if (count === undefined) continue;
    if (range.first > count)
      beyond.set(path, `${path}:${range.first}-${range.last} (it has ${counted(count, 'line')})`);
    else lines.set(path, [...(lines.get(path) ?? []), { ...range, last: Math.min(range.last, count) }]);
  }
  for (const path of lines.keys()) beyond.delete(path);
  return { lines, beyond };
}

/** `undefined` for a folder, and for what cannot be read, which the review says anyway. */
async function lineCount(path: string, files: ProjectFiles): Promise<number | undefined> {
  try {
    return (await files.readText(path)).lines;
  } catch (error) {
    if (isAppError(error)) return undefined;
    throw error;
  }
}
