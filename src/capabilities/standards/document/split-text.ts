/** A standard's text cut at the `---` lines of its front matter. */
export interface SplitText {
  /** Lines between the `---` lines; `undefined` when there is no front matter. They begin in line 2 of the file. */
  yaml: readonly string[] | undefined;
  /** Lines below the front matter. */
  body: readonly string[];
  /** Line of the file where `body` begins, from 1. */
  bodyLine: number;
  /** Whether a front matter was begun in line 1 and never closed; then all of it counts as body. */
  unclosed: boolean;
}

/** Whether the line begins or ends a front matter. */
export const isFence = (line: string) => /^---[ \t]*$/.test(line);

/** Cuts a text of any line ends, with or without byte order mark. Never fails. */
export function splitText(text: string): SplitText {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replaceAll(/\r\n?/g, '\n')
    .split('\n');
  if (!isFence(lines[0]!)) return { yaml: undefined, body: lines, bodyLine: 1, unclosed: false };
  const end = lines.findIndex((line, index) => index > 0 && isFence(line));
  if (end === -1) return { yaml: undefined, body: lines, bodyLine: 1, unclosed: true };
  return { yaml: lines.slice(1, end), body: lines.slice(end + 1), bodyLine: end + 2, unclosed: false };
}
