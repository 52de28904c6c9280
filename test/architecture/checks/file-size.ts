import type { Check, Violation } from '../check.ts';
import { isTestCode, typescriptFiles } from '../source-tree.ts';

const medianLines = 80;
const ninthDecileLines = 220;
const maxLines = 300;

/** Source files: half at most 80 lines, nine of ten at most 220, none over 300. Tests are not counted. */
export const fileSize: Check = {
  id: 'file-size',
  find(tree) {
    const sizes = typescriptFiles(tree)
      .filter(([path]) => !isTestCode(path))
      .map(([path, text]) => ({ path, lines: text.replace(/\n$/, '').split('\n').length }))
      .sort((a, b) => a.lines - b.lines);
    const violations: Violation[] = sizes
      .filter(({ lines }) => lines > maxLines)
      .map(({ path, lines }) => ({
        file: path,
        line: maxLines + 1,
        message: `${lines} lines; at most ${maxLines}. Give each thing it does a file of its own.`,
      }));
    for (const [share, limit] of [
      [0.5, medianLines],
      [0.9, ninthDecileLines],
    ] as const) {
      const at = sizes[Math.ceil(sizes.length * share) - 1];
      if (at !== undefined && at.lines > limit) {
        const message = `${share * 100} % of the files should have at most ${limit} lines; this one, at that place, has ${at.lines}.`;
        violations.push({ file: at.path, line: limit + 1, message });
      }
    }
    return violations;
  },
};
