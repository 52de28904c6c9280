/**
 * What no reader sees: control characters, marks that turn the direction of writing, and characters without width or
 * shape, which can carry orders to a model past the person who approves. Tabs and line breaks are seen. The joiners
 * U+200C and U+200D stay: several scripts and emoji need them.
 */
export const hiddenPattern =
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
  const match = hiddenPattern.exec(plain);
  if (match === null) return undefined;
  return { line: plain.slice(0, match.index).split('\n').length, found: called(match[0]) };
}

/** Why a text is not one line that a person can read, as the end of a sentence; `undefined` when it is, or is empty. */
export function lineProblem(text: string): string | undefined {
  if (text !== '' && text.trim() === '') return 'it holds nothing but spaces';
  if (/[\n\r\u2028\u2029]/.test(text)) return 'it holds a line break; say it on one line';
  if (text.includes('\t')) return 'it holds a tab; put a space in its place';
  const match = hiddenPattern.exec(text);
  return match === null ? undefined : `it holds ${called(match[0])}; take it out`;
}

function called(character: string): string {
  const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
  return code === '0000' ? 'a NUL character, as binary data does' : `the hidden character U+${code}`;
}
