/** Of each line of Markdown, whether it is fenced code, or a fence of it. */
export function fencedLines(lines: readonly string[]): boolean[] {
  let fence: string | undefined;
  return lines.map((line) => {
    const mark = /^ {0,3}(`{3,}(?!.*`)|~{3,})/.exec(line)?.[1];
    const wasInside = fence !== undefined;
    // A fence ends with at least as many of the same marks as it began with, and nothing behind them.
    if (fence === undefined) fence = mark;
    else if (mark?.startsWith(fence) === true && line.trim() === mark) fence = undefined;
    return wasInside || fence !== undefined;
  });
}
