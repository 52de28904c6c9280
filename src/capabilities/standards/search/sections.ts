/** A part of a Markdown file under one heading. */
export interface Section {
  heading: string;
  /** From 1. */
  line: number;
  text: string;
}

/** Splits Markdown at its headings; front matter is left out, code fences are not split. */
export function sectionsOf(markdown: string, title: string): Section[] {
  const lines = markdown.split(/\r?\n/);
  const start =
    lines[0]?.trim() === '---' ? lines.findIndex((line, index) => index > 0 && line.trim() === '---') + 1 : 0;
  const sections: Section[] = [];
  let current: { heading: string; line: number; lines: string[] } = {
    heading: title,
    line: start + 1,
    lines: [],
  };
  let fence: string | undefined;
  const finish = () => {
    const text = current.lines.join('\n').trim();
    if (text !== '') sections.push({ heading: current.heading, line: current.line, text });
  };
  for (let index = start; index < lines.length; index++) {
    const line = lines[index]!;
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    // A fence ends with as many of the same marks as it began with, and nothing behind them.
    if (fence === undefined) fence = mark;
    else if (mark?.startsWith(fence) === true && line.trim() === mark) fence = undefined;
    const heading =
      fence === undefined && mark === undefined ? /^ {0,3}#{1,6}\s+(.*?)(?:\s+#+)?\s*$/.exec(line) : null;
    if (heading === null) current.lines.push(line);
    else {
      finish();
      current = { heading: heading[1]!, line: index + 1, lines: [] };
    }
  }
  finish();
  return sections;
}
