/** A piece of Markdown that is not taken apart: a heading, a code fence with its marks, or a run of lines without a blank one. */
export interface Block {
  kind: 'heading' | 'fence' | 'text';
  /** Number of the first line within the text, from 0. */
  start: number;
  /** One past the last line. */
  end: number;
  /** Of a heading: 1 to 6; 0 for the rest. */
  level: number;
  /** Of a heading: its words without marks. */
  heading: string;
}

const headingLine = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/;
const fenceMark = /^\s*(`{3,}(?!.*`)|~{3,})/;
/** The line under a heading in the older form. */
const underline = /^ {0,3}(?:(=+)|-+)[ \t]*$/;

/** The blocks of a Markdown text, in order. Every line that is not blank is in exactly one; blank ones only inside fences. */
export function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length;) {
    if (lines[at]!.trim() === '') {
      at += 1;
      continue;
    }
    const block = headingAt(lines, at) ?? fenceAt(lines, at) ?? textAt(lines, at);
    blocks.push(block);
    at = block.end;
  }
  return blocks;
}

function headingAt(lines: readonly string[], start: number): Block | undefined {
  const marked = headingLine.exec(lines[start]!);
  if (marked !== null) {
    return { kind: 'heading', start, end: start + 1, level: marked[1]!.length, heading: marked[2] ?? '' };
  }
  const under = start + 1 < lines.length ? underline.exec(lines[start + 1]!) : null;
  if (under === null || !/^ {0,3}[\p{L}\p{N}]/u.test(lines[start]!)) return undefined;
  const level = under[1] === undefined ? 2 : 1;
  return { kind: 'heading', start, end: start + 2, level, heading: lines[start]!.trim() };
}

/** A fence ends with at least as many of the same marks, and nothing behind them; without an end it takes all the rest. */
function fenceAt(lines: readonly string[], start: number): Block | undefined {
  const mark = fenceMark.exec(lines[start]!)?.[1];
  if (mark === undefined) return undefined;
  let end = start + 1;
  while (end < lines.length) {
    const line = lines[end]!.trim();
    end += 1;
    if (line.startsWith(mark) && line === mark[0]!.repeat(line.length)) break;
  }
  return { kind: 'fence', start, end, level: 0, heading: '' };
}

function textAt(lines: readonly string[], start: number): Block {
  let end = start + 1;
  while (
    end < lines.length &&
    lines[end]!.trim() !== '' &&
    !headingLine.test(lines[end]!) &&
    !fenceMark.test(lines[end]!)
  ) {
    end += 1;
  }
  return { kind: 'text', start, end, level: 0, heading: '' };
}
