/** What stands before the text of a hunk's first line in a diff, of a merge too; behind it is a line of the file. */
export const hunkHead = /^[ \t]*@@+(?: -\d+(?:,\d+)?)+ \+\d+(?:,\d+)? @@+ ?/;

/** git shows 80 bytes of the line at most, and no spaces at their end. */
const fullBytes = 78;
const cutHere = '…';

/**
 * Cuts the headings of a diff's hunks that git cut in the middle back to whole words and closed quotes: half a secret
 * would not be recognised as one. What is not whole becomes an ellipsis; lines keep their numbers.
 */
export function wholeHeadings(text: string): string {
  if (!text.includes('@@ -')) return text;
  return text
    .split('\n')
    .map((line) => {
      const head = hunkHead.exec(line)?.[0];
      const heading = head === undefined ? '' : line.slice(head.length).trimEnd();
      if (Buffer.byteLength(heading) < fullBytes || heading.endsWith(cutHere)) return line;
      return head! + wholeWords(heading) + cutHere;
    })
    .join('\n');
}

function wholeWords(heading: string): string {
  const whole = heading.replace(/\S+$/, '');
  for (const { 0: literal, index } of whole.matchAll(/(["'`])(?:\\.|(?!\1).)*(?:\1|$)/g)) {
    const isOpen = literal.length === 1 || !literal.endsWith(literal[0]!);
    if (isOpen) return whole.slice(0, index);
  }
  return whole;
}
