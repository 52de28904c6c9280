import { lineEndOf, markOf, plainText } from './plain-text.ts';

const begin = /^<!-- troupe:standards begin sha256:([0-9a-f]{32}) .*-->$/;
const end = /^<!-- troupe:standards end -->$/;
const anyMark = /^<!-- troupe:standards (?:begin|end)\b/;

/** Where a region is in a file that people write too. */
export type RegionPlace =
  | { state: 'none' }
  /** Why nothing can be replaced. */
  | { state: 'broken'; reason: string }
  | { state: 'own' | 'edited'; start: number; end: number; content: string };

/** Finds the region. `own`: as Troupe left it, whatever the line ends. Offsets include the marks and their line ends. */
export function findRegion(text: string): RegionPlace {
  const marks: { line: number; start: number; end: number; text: string }[] = [];
  let at = 0;
  text.split('\n').forEach((raw, index) => {
    const line = raw.replace(/\r$/, '').replace(/^\uFEFF/, '');
    if (anyMark.test(line))
      marks.push({
        line: index + 1,
        start: at + (raw.length - raw.replace(/^\uFEFF/, '').length),
        end: Math.min(text.length, at + raw.length + 1),
        text: line,
      });
    at += raw.length + 1;
  });
  const [first, last, more] = marks;
  if (first === undefined) return { state: 'none' };
  const opened = begin.exec(first.text);
  if (last === undefined) return { state: 'broken', reason: `the mark in line ${first.line} has no partner` };
  if (more !== undefined) return { state: 'broken', reason: `there is a further mark in line ${more.line}` };
  if (opened === null || !end.test(last.text)) {
    const line = opened === null ? first.line : last.line;
    return { state: 'broken', reason: `the mark in line ${line} is not as Troupe writes it` };
  }
  const content = plainText(text.slice(first.end, last.start));
  const state = markOf(content) === opened[1] ? 'own' : 'edited';
  return { state, start: first.start, end: last.end, content };
}

/**
 * The text with this region, in the place of the one it has or at its end. Every byte outside of the region stays; a
 * text that does not end its last line gets the line end.
 */
export function withRegion(text: string, content: string): string {
  const eol = lineEndOf(text);
  const region = [
    `<!-- troupe:standards begin sha256:${markOf(content)} Made by "troupe export". Edit the standards, not this part. -->`,
    content.replace(/\n$/, ''),
    '<!-- troupe:standards end -->',
    '',
  ]
    .join('\n')
    .replaceAll('\n', eol);
  const place = findRegion(text);
  if (place.state === 'own' || place.state === 'edited') {
    return text.slice(0, place.start) + region + text.slice(place.end);
  }
  if (text === '' || text === '\uFEFF') return text + region;
  return `${text}${text.endsWith('\n') ? '' : eol}${eol}${region}`;
}

/** The text without its region, and without the empty line that was put before one at the end. */
export function withoutRegion(text: string): string {
  const place = findRegion(text);
  if (place.state !== 'own' && place.state !== 'edited') return text;
  const before = text.slice(0, place.start);
  const after = text.slice(place.end);
  return after === '' ? before.replace(/(\r?\n)\r?\n$/, '$1') : before + after;
}
