/** A document cut at its `---` lines. */
export interface SplitDocument {
  yaml: string;
  /** 1-based line in the file where `yaml` begins. */
  yamlLine: number;
  body: string;
  /** 1-based line in the file where the body begins. */
  bodyLine: number;
}

/**
 * Cuts a text into front matter and body. Line ends become `\n` and the body is trimmed; nothing else changes.
 * Returns the reason, as a sentence without a full stop, when there is no front matter to cut at.
 */
export function splitDocument(text: string): SplitDocument | { reason: string } {
  const lines = text.replaceAll(/\r\n?/g, '\n').split('\n');
  const isFence = (line: string) => /^---[ \t]*$/.test(line);
  if (!isFence(lines[0]!)) {
    return {
      reason: 'there is no front matter: the first line must be "---", then keys such as "name:", then "---"',
    };
  }
  const end = lines.findIndex((line, index) => index > 0 && isFence(line));
  if (end === -1) return { reason: 'the front matter that begins here is never closed with a line "---"' };
  let bodyStart = end + 1;
  while (bodyStart < lines.length && lines[bodyStart]!.trim() === '') bodyStart++;
  return {
    yaml: lines.slice(1, end).join('\n'),
    yamlLine: 2,
    body: lines.slice(bodyStart).join('\n').trim(),
    bodyLine: Math.min(bodyStart, lines.length - 1) + 1,
  };
}
