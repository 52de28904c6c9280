import type { Hunk } from './unified-diff.ts';

/** A text with a diff applied. */
export interface AppliedHunks {
  text: string;
  /** Numbers of the lines that the diff added, in the new text, from 1. */
  added: ReadonlySet<number>;
}

/**
 * Applies the hunks of one file to its text; `undefined` where the old side of a hunk is not what stands at its place.
 * Lines that stay keep their line ends, and a diff whose old side has those of the text brings its own. One that has
 * others, or was written without them, is applied all the same: its lines take the ends of the text.
 */
export function applyHunks(text: string, hunks: readonly Hunk[]): AppliedHunks | undefined {
  const old = linesOf(text);
  const lineEnd = old[0]?.endsWith('\r\n') === true ? '\r\n' : '\n';
  const lines: string[] = [];
  const added = new Map<number, string>();
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
      const line = signed.slice(1);
      if (signed.startsWith('+')) {
        lines.push(line);
        added.set(lines.length, line);
        continue;
      }
      const here = old[at];
      if (here === undefined || bare(here) !== bare(line)) return undefined;
      isExact &&= here === line;
      if (signed.startsWith('-')) at += 1;
      else keep(at + 1);
    }
  }
  keep(old.length);
  if (!isExact) for (const [number, line] of added) lines[number - 1] = bare(line) + lineEnd;
  const joined = lines.map((line, index) =>
    line.endsWith('\n') || index === lines.length - 1 ? line : line + lineEnd,
  );
  return { text: joined.join(''), added: new Set(added.keys()) };
}

/** Whether a text is what the hunks leave: their new side stands at its place, whatever the line ends. */
export function leavesText(hunks: readonly Hunk[], text: string): boolean {
  const here = linesOf(text);
  return hunks.every(({ newStart, newCount, lines }) =>
    lines
      .filter((line) => !line.startsWith('-'))
      .every((line, offset) => {
        const other = here[indexOf(newStart, newCount) + offset];
        return other !== undefined && bare(other) === bare(line.slice(1));
      }),
  );
}

const indexOf = (start: number, count: number) => (count === 0 ? start : start - 1);

/** Lines with their ends. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** Without its end, and without the byte order mark that a first line may have. */
const bare = (line: string) => line.replace(/^\uFEFF/, '').replace(/\r?\n?$/, '');
