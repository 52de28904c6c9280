import { filePatchesOf, type FilePatch } from './file-patches.ts';
import type { IsThere } from './patch-paths.ts';
import { contentIdsOf } from './patch-header.ts';
import type { Flaw, Hunk } from './patch-text.ts';

/** What a unified diff adds to one file. */
export interface AddedLines {
  /** Text of each added line by its number in the new version, from 1. */
  lines: ReadonlyMap<number, string>;
  /** Whether the diff says no more than that the content is binary. */
  binary: boolean;
}

/** What a unified diff, or a series of patches, does to one file that it leaves there. */
export interface FileChange {
  /** Before the first patch; `undefined` where the diff makes the file. */
  oldPath: string | undefined;
  /** Whether another file, which the diff takes away first, is at the path before. */
  replaces: boolean;
  /** Whether the diff says no more than that the content is binary. */
  binary: boolean;
  /** The hunks of each patch in turn; `undefined` where those of one are not told, or are not what can follow. */
  patches: readonly (readonly Hunk[])[] | undefined;
  /** The first one's of its patches of which not all can be read. */
  flaw: Flaw | undefined;
  /** Git's id of the content that the diff leaves, shortened, where it is told. */
  leavesId: string | undefined;
}

/**
 * Reads a unified diff, or a series of patches in the order in which they are applied: what comes of it for each file
 * that is there afterwards, by its last path. A file that is deleted in the end, or renamed as it is, is not among them.
 * `isThere` tells paths from prefixes where the diff does not (`lookUpPaths`).
 */
export function fileChangesOf(diff: string, isThere: IsThere = () => false): Map<string, FileChange> {
  const changes = new Map<string, ChangeSoFar>();
  const gone = new Set<string>();
  const shown = new Set<string>();
  for (const patch of filePatchesOf(diff, isThere)) {
    const { oldPath, newPath, isRenamed } = patch;
    const before = changeBefore(patch, changes, gone);
    const leaves = isRenamed || newPath === undefined ? oldPath : undefined;
    const wasShown = shown.has(newPath ?? '') || shown.has(oldPath ?? '');
    if (leaves !== undefined) {
      changes.delete(leaves);
      shown.delete(leaves);
      gone.add(leaves);
    }
    if (newPath === undefined) continue;
    changes.set(newPath, afterPatch(before, patch));
    if (wasShown || patch.hasText || patch.binary || patch.flaw !== undefined) shown.add(newPath);
  }
  return new Map(
    [...changes].flatMap(([path, { last, ...change }]) =>
      shown.has(path) ? [[path, { ...change, patches: last && patchesUpTo(last) }]] : [],
    ),
  );
}

/** A change while the series is read: it grows by each patch without what came before being copied. */
interface ChangeSoFar extends Omit<FileChange, 'patches'> {
  /** The patch read last; `undefined` where the lines of one are not told. */
  last: ReadPatch | undefined;
}

/** A patch and, through it, those before it, which the change of a copied file has in common with that of the copy. */
type ReadPatch = 'none' | { earlier: ReadPatch; hunks: readonly Hunk[] };

function patchesUpTo(last: ReadPatch): (readonly Hunk[])[] {
  const patches: (readonly Hunk[])[] = [];
  for (let patch = last; patch !== 'none'; patch = patch.earlier) patches.push(patch.hunks);
  return patches.reverse();
}

const unchanged: ChangeSoFar = {
  oldPath: undefined,
  replaces: false,
  binary: false,
  last: 'none',
  flaw: undefined,
  leavesId: undefined,
};

/** What the patches before this one did to its file. */
function changeBefore(
  { oldPath, newPath }: FilePatch,
  changes: ReadonlyMap<string, ChangeSoFar>,
  gone: ReadonlySet<string>,
): ChangeSoFar {
  const path = newPath ?? '';
  if (oldPath !== undefined) return changes.get(path) ?? changes.get(oldPath) ?? { ...unchanged, oldPath };
  // What is there cannot be made.
  const last = changes.has(path) ? undefined : 'none';
  return { ...unchanged, replaces: gone.has(path), last };
}

function afterPatch(before: ChangeSoFar, patch: FilePatch): ChangeSoFar {
  const { last: earlier } = before;
  const { binary, hunks } = patch;
  const isTold = earlier !== undefined && hunks !== undefined && !before.binary && !binary;
  return {
    ...before,
    binary,
    last: isTold ? { earlier, hunks } : undefined,
    flaw: before.flaw ?? patch.flaw,
    leavesId: contentIdsOf(patch)?.new,
  };
}

/**
 * The lines that a unified diff, or a series of patches, adds, by file of the last version. A file that is only deleted or
 * renamed has none. Text that is no diff has no files.
 */
export function addedLinesOf(diff: string): Map<string, AddedLines> {
  const files = [...fileChangesOf(diff)];
  return new Map(
    files.map(([path, { binary, patches }]) => [path, { binary, lines: addedBy(patches ?? []) }]),
  );
}

/** Text of each line that patches add in turn and leave, by its number in the last version. */
export function addedBy(patches: readonly (readonly Hunk[])[]): Map<number, string> {
  let added: NumberedLine[] = [];
  for (const hunks of patches) added = movedBy(hunks, added);
  return new Map(added);
}

type NumberedLine = readonly [number: number, text: string];

/** The lines that one patch adds, and where it leaves those added before. */
function movedBy(hunks: readonly Hunk[], earlier: readonly NumberedLine[]): NumberedLine[] {
  const moved: NumberedLine[] = [];
  let next = 0;
  let shift = 0;
  const keepAbove = (line: number) => {
    for (; next < earlier.length && earlier[next]![0] < line; next += 1)
      moved.push([earlier[next]![0] + shift, earlier[next]![1]]);
  };
  for (const { oldStart, oldCount, newStart, newCount, lines } of hunks) {
    let oldLine = oldCount === 0 ? oldStart + 1 : oldStart;
    let newLine = newCount === 0 ? newStart + 1 : newStart;
    keepAbove(oldLine);
    for (const line of lines) {
      if (line.startsWith('+')) moved.push([newLine, line.slice(1).replace(/\r?\n?$/, '')]);
      else {
        const known = earlier[next];
        if (known?.[0] === oldLine) {
          if (!line.startsWith('-')) moved.push([newLine, known[1]]);
          next += 1;
        }
        oldLine += 1;
      }
      if (!line.startsWith('-')) newLine += 1;
    }
    shift = newLine - oldLine;
  }
  keepAbove(Infinity);
  return moved;
}
