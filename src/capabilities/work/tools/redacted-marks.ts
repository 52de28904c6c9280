/** What stands in the place of a secret. */
const mark = /\[redacted: [\w-]+\]/g;

/** Secrets that are masked in a text; one of several lines, such as a key, counts once for each. */
export function countMarks(text: string): number {
  return text.match(mark)?.length ?? 0;
}
