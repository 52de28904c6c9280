import type { Hunk } from './patch-text.ts';

/** A text with patches applied. */
export interface AppliedPatches {
  text: string;
  /** Numbers of the lines that the patches added and left, in the new text, from 1. */
  added: ReadonlySet<number>;
}

/**
 * Applies the hunks of each patch to what the one before left, the first to a text; `undefined` where the old side of a
 * hunk is not what stands at its place. Lines that stay keep their line ends, and a patch whose old side has those of the
 * text brings its own. One that has others, or was written without them, is applied all the same: its lines take the ends
 * of the text.
 */
export function applyPatches(
  text: string,
  patches: readonly (readonly Hunk[])[],
): AppliedPatches | undefined {
  let lines: Line[] | undefined = linesOf(text);
  for (const hunks of patches) {
    lines = applyHunks(lines, hunks);
    if (lines === undefined) return undefined;
  }
  const lineEnd = lineEndOf(lines);
  const last = lines.length - 1;
  const added = new Set<number>();
  for (const [index, { isAdded }] of lines.entries()) if (isAdded) added.add(index + 1);
  const joined = lines.map(({ content }, index) =>
    content.endsWith('\n') || index === last ? content : content + lineEnd,
  );
  return { text: joined.join(''), added };
}

/** Whether a text is what the patches leave: taken back from the last to the first, each finds its new side at its place. */
export function leavesText(patches: readonly (readonly Hunk[])[], text: string): boolean {
  let lines: Line[] | undefined = linesOf(text);
  for (const hunks of patches.toReversed()) {
    lines = applyHunks(lines, hunks.map(reversed));
    if (lines === undefined) return false;
  }
  return true;
}

interface Line {
  /** With its end. */
  content: string;
  isAdded: boolean;
}

function applyHunks(old: readonly Line[], hunks: readonly Hunk[]): Line[] | undefined {
  const lineEnd = lineEndOf(old);
  const lines: Line[] = [];
  const added: Line[] = [];
  let isExact = true;
  let at = 0;
  const keep = (until: number) => {
    for (; at < until; at += 1) lines.push(old[at]!);
  };
  for (const hunk of hunks) {
    const start = indexOf(hunk.oldStart, hunk.oldCount);
    if (start < at || start > old.length) return undefined;
    keep(start);
    for (const signed of hunk.lines) {
      const content = signed.slice(1);
      if (signed.startsWith('+')) {
        const line = { content, isAdded: true };
        lines.push(line);
        added.push(line);
        continue;
      }
      const here = old[at]?.content;
      if (here === undefined || bare(here) !== bare(content)) return undefined;
      isExact &&= here === content;
      if (signed.startsWith('-')) at += 1;
      else keep(at + 1);
    }
  }
  keep(old.length);
  if (!isExact) for (const line of added) line.content = bare(line.content) + lineEnd;
  return lines;
}

const opposite: Readonly<Record<string, string>> = { '+': '-', '-': '+' };

const reversed = ({ oldStart, oldCount, newStart, newCount, lines }: Hunk): Hunk => ({
  oldStart: newStart,
  oldCount: newCount,
  newStart: oldStart,
  newCount: oldCount,
  lines: lines.map((line) => (opposite[line[0]!] ?? line[0]!) + line.slice(1)),
});

const indexOf = (start: number, count: number) => (count === 0 ? start : start - 1);

const linesOf = (text: string): Line[] =>
  (text.match(/[^\n]*\n|[^\n]+$/g) ?? []).map((content) => ({ content, isAdded: false }));

const lineEndOf = (lines: readonly Line[]) => (lines[0]?.content.endsWith('\r\n') === true ? '\r\n' : '\n');

/** Without its end, and without the byte order mark that a first line may have. */
const bare = (line: string) => line.replace(/^\uFEFF/, '').replace(/\r?\n?$/, '');
