import { addedLinesOf } from '../../../platform/git/index.ts';

/** Lines that a diff adds or changes, by file: `line` from 1, in the new version. */
export type ChangedLines = ReadonlyMap<string, ReadonlySet<number>>;

/**
 * Reads a unified diff, as git and diff print it: which lines of which files it adds. `undefined` when the text is
 * no diff. A file that is only deleted or renamed has no lines.
 */
export function changedLinesOf(text: string): ChangedLines | undefined {
  const files = new Map<string, ReadonlySet<number>>();
  for (const [file, { lines, binary }] of addedLinesOf(text))
    if (!binary) files.set(file, new Set(lines.keys()));
  return [...files.values()].every((of) => of.size === 0) ? undefined : files;
}
