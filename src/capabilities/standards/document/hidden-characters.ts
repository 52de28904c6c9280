/**
 * What no reader sees: control characters, marks that turn the direction of writing, and characters without width or
 * shape, which can carry orders to a model past the person who approves. Tabs and line breaks are seen. The joiners
 * U+200C and U+200D stay: several scripts and emoji need them.
 */
const hidden =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000B-\u000C\u000E-\u001F\u007F-\u009F\u00AD\u061C\u115F\u1160\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\u{1D173}-\u{1D17A}\u{E0000}-\u{E0FFF}]|[\u17B4\u17B5]|[\u180B-\u180D\u180F]|\r(?!\n)/u;

/** A character that nobody sees, with its line from 1. */
export interface HiddenCharacter {
  line: number;
  /** Such as `U+202E`. */
  found: string;
}

/** The first hidden character of a text. A byte order mark at the beginning is none. */
export function hiddenCharacter(text: string): HiddenCharacter | undefined {
  const plain = text.replace(/^\uFEFF/, '');
  const match = hidden.exec(plain);
  if (match === null) return undefined;
  const line = plain.slice(0, match.index).split('\n').length;
  const code = match[0].codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
  return {
    line,
    found: code === '0000' ? 'a NUL character, as binary data does' : `the hidden character U+${code}`,
  };
}
