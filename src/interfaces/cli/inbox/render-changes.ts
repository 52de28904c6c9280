import { visible } from '../../../kernel/index.ts';
import type { Paint } from '../terminal/paint.ts';

const context = 2;
/** Above this product of line counts the middle is shown as taken out and put in, instead of compared. */
const mostCompared = 4_000_000;

type Change = { mark: ' ' | '-' | '+'; line: string };

/**
 * What became of a text, line by line: `-` taken out, `+` put in, with a little of what surrounds it. Safe to print as it
 * is: what is hidden in the texts is written out, and the colours are its own.
 */
export function renderChanges(before: string, after: string, paint: Paint): string {
  const changes = changesOf(before.split('\n'), after.split('\n'));
  const near = (index: number) =>
    changes.slice(Math.max(0, index - context), index + context + 1).some(({ mark }) => mark !== ' ');
  const lines: string[] = [];
  changes.forEach(({ mark, line }, index) => {
    if (near(index)) lines.push(painted(mark, line, paint));
    else if (lines.length > 0 && lines.at(-1) !== '  …') lines.push('  …');
  });
  return lines.join('\n');
}

/** The whole text with what became of it: every line, those that changed marked. Safe to print, as above. */
export function renderWholeChange(before: string, after: string, paint: Paint): string {
  const changes = changesOf(before.split('\n'), after.split('\n'));
  return changes.map(({ mark, line }) => painted(mark, line, paint)).join('\n');
}

function painted(mark: Change['mark'], line: string, paint: Paint): string {
  const text = visible(`${mark} ${line}`.replace(/\r$/, '')).trimEnd();
  if (mark === '-') return paint.red(text);
  return mark === '+' ? paint.green(text) : text;
}

function changesOf(before: readonly string[], after: readonly string[]): Change[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  const longest = Math.min(before.length, after.length) - start;
  while (end < longest && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const same = (lines: readonly string[]) => lines.map((line): Change => ({ mark: ' ', line }));
  return [
    ...same(before.slice(0, start)),
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...same(before.slice(before.length - end)),
  ];
}

/** By the longest common subsequence of lines. */
function middle(before: readonly string[], after: readonly string[]): Change[] {
  const taken = before.map((line): Change => ({ mark: '-', line }));
  const put = after.map((line): Change => ({ mark: '+', line }));
  if (before.length * after.length > mostCompared) return [...taken, ...put];
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  for (let b = before.length - 1; b >= 0; b--) {
    for (let a = after.length - 1; a >= 0; a--) {
      const below = common[(b + 1) * width + a]!;
      const right = common[b * width + a + 1]!;
      common[b * width + a] =
        before[b] === after[a] ? common[(b + 1) * width + a + 1]! + 1 : Math.max(below, right);
    }
  }
  const changes: Change[] = [];
  let b = 0;
  let a = 0;
  while (b < before.length && a < after.length) {
    if (before[b] === after[a]) {
      changes.push({ mark: ' ', line: before[b]! });
      b += 1;
      a += 1;
    } else if (common[(b + 1) * width + a]! >= common[b * width + a + 1]!) changes.push(taken[b++]!);
    else changes.push(put[a++]!);
  }
  return [...changes, ...taken.slice(b), ...put.slice(a)];
}
