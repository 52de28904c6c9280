import { isCutOff, readHeaderLine } from './patch-header.ts';
import type { Flaw, Hunk, PatchText } from './patch-text.ts';

const hunkHeader = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/** Empty lines that a diff can have lost at its end: git shows this many below a change. */
const maxLost = 3;

/** A hunk while its lines are read. */
interface OpenHunk {
  hunk: Hunk;
  /** The patch that it is of; a hunk without the names of files is of none. */
  patch: PatchText | undefined;
  /** Line of its header, from 1. */
  line: number;
  /** Lines that are to come by its header, of either side. */
  oldLeft: number;
  newLeft: number;
}

/**
 * Reads a unified diff, as git and diff print it, or several in turn: what each does to each file, in its order. Line
 * counts of the hunks decide what is a line and what a header, so that no content is taken for one; a patch whose hunks do
 * not hold what they count, or that ends too early, has a flaw. Where the diff itself came with Windows line ends, they
 * are taken off the lines.
 */
export function patchTextsOf(diff: string): PatchText[] {
  const patches: PatchText[] = [];
  let current: PatchText | undefined;
  let inHeader = false;
  let open: OpenHunk | undefined;
  /** The hunk that ended above, as long as nothing but what could be its lines followed. */
  let behind: OpenHunk | undefined;
  let hasWindowsEnds = false;
  let before = '';
  const take = () => {
    if (current !== undefined && patches.at(-1) !== current) patches.push(current);
  };
  const lines = withoutEmptyEnd(diff).split('\n');
  for (const [at, raw] of lines.entries()) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (open !== undefined && line.startsWith('\\')) {
      // "No newline at end of file", which is said of the line before.
      const last = open.hunk.lines.pop();
      if (last !== undefined) open.hunk.lines.push(last.replace(/\n$/, ''));
    } else if (open !== undefined && hasRoom(open, line)) {
      // Mail and editors cut the space of an empty line off.
      addLine(open, (hasWindowsEnds ? line : raw) || ' ');
    } else {
      if (open !== undefined) {
        closeHunk(open, 'miscounted');
        [behind, open] = [open, undefined];
      }
      const isPairEnd = line.startsWith('+++ ') && before.startsWith('--- ');
      if (behind !== undefined && line.startsWith('+') && !isPairEnd) spoil(behind, 'miscounted');
      const found = hunkHeader.exec(line);
      const binary = /^Binary files (.* and .*) differ$/.exec(line)?.[1];
      const names = /^diff --(git|cc|combined) (.*)$/.exec(line);
      if (found !== null) {
        const [oldStart, oldCount, newStart, newCount] = found.slice(1).map((count) => Number(count ?? 1));
        const [oldLeft, newLeft] = [oldCount!, newCount!];
        const hunk = {
          oldStart: oldStart!,
          oldCount: oldLeft,
          newStart: newStart!,
          newCount: newLeft,
          lines: [],
        };
        open = { hunk, patch: current, line: at + 1, oldLeft, newLeft };
        current?.hunks?.push(hunk);
        take();
        inHeader = false;
      } else if (isPairEnd) {
        hasWindowsEnds = raw.endsWith('\r');
        // Without `diff --git` above, it is a header only when lines follow: a message may hold what looks like one.
        if (current === undefined || !inHeader) current = newPatch(at - 1);
        current.naming.push(
          { at: at - 1, kind: 'old', text: before.slice('--- '.length) },
          { at, kind: 'new', text: line.slice('+++ '.length) },
        );
        current.hasText = true;
        inHeader = false;
      } else if (binary !== undefined) {
        if (current === undefined || !inHeader) current = newPatch(at);
        current.naming.push({ at, kind: 'binary', text: binary });
        current.binary = true;
        take();
        inHeader = false;
      } else if (names !== null) {
        current = newPatch(at);
        current.naming.push({ at, kind: names[1] === 'git' ? 'git' : 'combined', text: names[2]! });
        if (names[1] === 'git') take();
        inHeader = true;
      } else if (line.startsWith('@@@ ') && current !== undefined) {
        current.hunks = undefined;
        take();
      } else if (/^@@(?!@)/.test(line) && (behind !== undefined || before.startsWith('+++ '))) {
        take();
        if (current !== undefined) current.flaw ??= flawIn('no-numbers', at + 1);
      } else if (current !== undefined) inHeader &&= readHeaderLine(line, at, current);
      if (!mayBeOfHunk(line) || isPairEnd || signature.test(line)) behind = undefined;
    }
    before = line;
  }
  if (open !== undefined) closeHunk(open, 'ends-in-hunk');
  const last = lines.length - 1;
  if (before.startsWith('--- ') && !inHeader && behind !== undefined) {
    // Behind a hunk that is whole, no removed line: the next patch begins.
    const name = before.slice('--- '.length);
    current = newPatch(last);
    current.naming.push(
      { at: last, kind: 'new', text: name.replace(/^a\//, 'b/') },
      { at: last, kind: 'old', text: name },
    );
    current.hasText = inHeader = true;
  }
  if (current !== undefined) {
    const endsWithNames = current.naming.some(({ at, kind }) => kind === 'new' && at === last);
    if (inHeader || endsWithNames) endInHeader(current, take);
  }
  for (const patch of patches)
    if (patch.hasText && patch.hunks?.length === 0) patch.flaw ??= flawIn('no-hunk', patch.at + 1);
  return patches;
}

/** Whether a text is a diff by its headers: with something to say about a file, whatever that is. */
export function isDiff(text: string): boolean {
  return /^(?:diff --git \S|--- \S.*\r?\n\+\+\+ \S|Binary files .* differ\r?$)/m.test(text);
}

const newPatch = (at: number): PatchText => ({
  at,
  naming: [],
  header: [],
  isNew: false,
  isDeleted: false,
  isRenamed: false,
  hasText: false,
  binary: false,
  hunks: [],
  flaw: undefined,
});

/** Without its last line end, and the empty lines above: they are the writer's or the reader's, and no lines of a file. */
function withoutEmptyEnd(diff: string): string {
  let end = diff.endsWith('\n') ? diff.length - 1 : diff.length;
  for (;;) {
    if (diff[end - 1] === '\n') end -= 1;
    else if (diff[end - 1] === '\r' && diff[end - 2] === '\n') end -= 2;
    else return diff.slice(0, end);
  }
}

/** Where the text of a mail goes on below a diff. */
const signature = /^--(?:\s*$|---)/;

const mayBeOfHunk = (line: string) => /^(?:[ +-]|$)/.test(line);

/** Whether a line can be one of a hunk, of those that its header counts. */
function hasRoom({ oldLeft, newLeft }: OpenHunk, line: string): boolean {
  if (!mayBeOfHunk(line)) return false;
  return (line.startsWith('+') || oldLeft > 0) && (line.startsWith('-') || newLeft > 0);
}

function addLine(open: OpenHunk, signed: string): void {
  open.hunk.lines.push(`${signed}\n`);
  if (!signed.startsWith('-')) open.newLeft -= 1;
  if (!signed.startsWith('+')) open.oldLeft -= 1;
}

/** Says what a hunk lacks of what its header counts, where no more of it comes. */
function closeHunk(open: OpenHunk, kind: 'miscounted' | 'ends-in-hunk'): void {
  const { hunk, oldLeft, newLeft } = open;
  const isChange = hunk.lines.some((line) => !line.startsWith(' '));
  if (oldLeft > 0 || newLeft > 0) {
    const mayBeWhole = kind === 'ends-in-hunk' && isChange && oldLeft === newLeft && oldLeft <= maxLost;
    spoil(open, kind, mayBeWhole);
    if (mayBeWhole) for (let left = oldLeft; left > 0; left -= 1) addLine(open, ' ');
  } else if (!isChange) spoil(open, 'no-change');
}

function spoil({ patch, line }: OpenHunk, kind: Flaw['kind'], mayBeWhole = false): void {
  if (patch !== undefined) patch.flaw ??= { ...flawIn(kind, line), mayBeWhole };
}

const flawIn = (kind: Flaw['kind'], line: number): Flaw => ({ kind, line, mayBeWhole: false });

/** The diff ends above the lines of a patch, where they may follow. */
function endInHeader(patch: PatchText, take: () => void): void {
  const isCombined = patch.naming.some(({ kind }) => kind === 'combined');
  take();
  // A file of a merge that is as one of its parents has no lines: it cannot be told from one cut off here.
  if (isCombined && patch.hasText) patch.hunks = undefined;
  else if (isCombined || isCutOff(patch)) patch.flaw ??= flawIn('ends-in-header', patch.at + 1);
}
