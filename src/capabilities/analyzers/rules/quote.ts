const maxLines = 3;
const maxCharacters = 300;

/** The source lines from `line` to `endLine` (1-based), without their common indentation, cut to 3 lines and 300 characters. */
export function quoteLines(lines: readonly string[], line: number, endLine: number): string {
  const taken = lines.slice(line - 1, Math.min(endLine, line - 1 + maxLines));
  const indents = taken.filter((l) => l.trim() !== '').map((l) => l.length - l.trimStart().length);
  const indent = Math.min(...indents, Infinity);
  const text = taken.map((l) => l.slice(Number.isFinite(indent) ? indent : 0).trimEnd()).join('\n');
  return text.length > maxCharacters ? `${text.slice(0, maxCharacters - 1)}…` : text;
}
