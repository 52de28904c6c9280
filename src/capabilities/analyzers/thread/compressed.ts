/** A longer line of code may be that of a minified or generated file, characters. */
const maxLineLength = 5_000;
/** Lines from this length on are what such a file consists of, and hand-written code hardly has, characters. */
const longLineLength = 1_000;
/** From this size on, lines this long on average mean the same in a script, characters. */
const minCompressed = { length: 20_000, lineLength: 150 };
/** Texts and encoded data inside a program say nothing about how the program is written. */
const literal = /(?<!eval\()(["'`])(?:(?!\1)[^\\]|\\[^]){200,}\1/g;
const sourceMap = /^[ \t]*(?:\/\/|\/\*)[#@] sourceMappingURL=.*$/gm;

/**
 * Why a text is taken for minified or generated, with the figure; `undefined` for one that people write. Most of it must
 * stand in long lines of code, source maps and long literals left aside.
 */
export function whyCompressed(text: string, { isScript }: { isScript: boolean }): string | undefined {
  const lines = text.replace(sourceMap, '').split('\n');
  const lengths = lines.map(lengthOfCode);
  const length = lengths.reduce((sum, one) => sum + one, 0);
  const inLong = lengths.reduce((sum, one) => sum + (one > longLineLength ? one : 0), 0);
  const longest = lengths.reduce((most, one) => Math.max(most, one), 0);
  if (longest > maxLineLength && inLong > length / 2) return because(longest, 'characters a line');
  const average = Math.round(length / lines.length);
  return isScript && length >= minCompressed.length && average > minCompressed.lineLength
    ? because(average, 'characters a line on average')
    : undefined;
}

function lengthOfCode(line: string): number {
  return line.length > longLineLength ? line.replace(literal, '').length : line.length;
}

const because = (figure: number, of: string) =>
  `minified or generated (${figure.toLocaleString('en')} ${of})`;
