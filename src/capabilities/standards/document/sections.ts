import type { StandardSection } from './standard.ts';

/** Cuts Markdown at its headings; fenced code is not cut. `firstLine` is the line of the file where it begins. */
export function sectionsOf(body: readonly string[], firstLine: number): StandardSection[] {
  const sections: StandardSection[] = [];
  let current = { heading: '', level: 0, line: firstLine };
  let text: string[] = [];
  let fence: string | undefined;
  const finish = () => {
    const section = { ...current, text: text.join('\n').trim() };
    if (section.level > 0 || section.text !== '') sections.push(section);
  };
  body.forEach((line, index) => {
    const mark = /^ {0,3}(`{3,}(?!.*`)|~{3,})/.exec(line)?.[1];
    const wasInside = fence !== undefined;
    // A fence ends with at least as many of the same marks as it began with, and nothing behind them.
    if (fence === undefined) fence = mark;
    else if (mark?.startsWith(fence) === true && line.trim() === mark) fence = undefined;
    const heading =
      wasInside || fence !== undefined
        ? null
        : /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/.exec(line);
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
