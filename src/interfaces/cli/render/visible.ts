// Control characters would drive the reader's terminal; direction marks would show text in another order than it is read by
// programs. Line breaks and tabs stay.
// eslint-disable-next-line no-control-regex
const hidden = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/g;

const shown = (character: string) => `\\u{${character.codePointAt(0)!.toString(16)}}`;

/** Text of somebody else, safe to print: what would be invisible or act on the terminal is written out. */
export function visible(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(hidden, shown);
}

/** The same for every text in a value, however deep. */
export function visibleData<T>(value: T): T {
  if (typeof value === 'string') return visible(value) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => visibleData(item)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, visibleData(item as unknown)]),
  ) as T;
}
