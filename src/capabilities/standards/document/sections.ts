import { fencedLines } from './fenced-lines.ts';
import type { StandardSection } from './standard.ts';

/** Cuts Markdown at its headings; fenced code is not cut. `firstLine` is the line of the file where it begins. */
export function sectionsOf(body: readonly string[], firstLine: number): StandardSection[] {
  const sections: StandardSection[] = [];
  let current = { heading: '', level: 0, line: firstLine };
  let text: string[] = [];
  const isFenced = fencedLines(body);
  const finish = () => {
    const section = { ...current, text: text.join('\n').trim() };
    if (section.level > 0 || section.text !== '') sections.push(section);
  };
  body.forEach((line, index) => {
    const heading =
      isFenced[index] === true ? null : /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/.exec(line);
    if (heading === null) {
      text.push(line);
      return;
    }
    finish();
    current = { heading: heading[2] ?? '', level: heading[1]!.length, line: firstLine + index };
    text = [];
  });
  finish();
  return sections;
}
