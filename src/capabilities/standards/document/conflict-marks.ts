import { fencedLines } from './fenced-lines.ts';
import type { StandardDocument, StandardProblem } from './standard.ts';

/** The lines by which git says that a merge was not finished. In fenced code they are examples. */
export function conflictProblems({ body, bodyLine }: StandardDocument): StandardProblem[] {
  const lines = body.split('\n');
  const isFenced = fencedLines(lines);
  return lines.flatMap((line, index): StandardProblem[] => {
    const mark = isFenced[index] === true ? undefined : /^(?:<{7}|>{7})(?= |$)/.exec(line)?.[0];
    if (mark === undefined) return [];
    const message = `"${mark}" is a mark of a merge conflict; settle it, and take its marks out`;
    return [{ line: bodyLine + index, severity: 'error', message }];
  });
}
