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
  const start = lines[0]?.trim() === '---' ? lines.indexOf('---', 1) + 1 : 0;
  const sections: Section[] = [];
  let current: { heading: string; line: number; lines: string[] } = {
    heading: title,
    line: start + 1,
    lines: [],
  };
  let inFence = false;
  const finish = () => {
    const text = current.lines.join('\n').trim();
    if (text !== '') sections.push({ heading: current.heading, line: current.line, text });
  };
  for (let index = start; index < lines.length; index++) {
    const line = lines[index]!;
    if (/^\s*(```|~~~)/.test(line)) inFence = !inFence;
    const heading = inFence ? null : /^#{1,6}\s+(.*?)\s*#*$/.exec(line);
    if (heading === null) current.lines.push(line);
    else {
      finish();
      current = { heading: heading[1]!, line: index + 1, lines: [] };
    }
  }
  finish();
  return sections;
}
