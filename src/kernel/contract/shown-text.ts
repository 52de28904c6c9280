import { hiddenPattern } from './hidden-character.ts';

// The joiners U+200C and U+200D may stand in a text, and are seen by nobody all the same.
const hidden = new RegExp(`${hiddenPattern.source}|[\\u200C\\u200D]`, 'gu');

const writtenOut = (character: string) => `\\u{${character.codePointAt(0)!.toString(16)}}`;

/**
 * Text of somebody else, safe to print: what is hidden, turns the direction of writing or would act on a terminal is
 * written out. Line breaks (as `\n`) and tabs stay.
 */
export function visible(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(hidden, writtenOut);
}

/** The same of a name, such as that of a file: a line break or a tab in it is hidden in what stands around it, and written out too. */
export function visibleName(name: string): string {
  return visible(name).replaceAll(/[\n\t]/g, writtenOut);
}

/** The same on one line, so that it begins none that looks like another's words; a line break is shown as `⏎`. */
export function onOneLine(text: string): string {
  return visible(text)
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ⏎ ');
}

/** The same in full, each line behind `>`, so that none can look like the words around it. Line ends are `\n`. */
export function quoted(text: string): string {
  const lines = visible(text).trimEnd().split('\n');
  return lines.map((line) => `> ${line}`.trimEnd()).join('\n');
}
