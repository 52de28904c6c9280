import type { Flaw } from '../../../platform/git/index.ts';

/** Why a part of a diff cannot be read, as the reason of a file that was skipped. */
export function flawInWords({ kind, line }: Flaw): string {
  switch (kind) {
    case 'ends-in-hunk':
      return `the diff is cut off within the hunk that begins in its line ${line}`;
    case 'ends-in-header':
      return `the diff is cut off within the header that begins in its line ${line}`;
    case 'miscounted':
      return `the hunk in line ${line} of the diff does not hold the lines that its header counts`;
    case 'no-change':
      return `the hunk in line ${line} of the diff marks no line as added or removed`;
    case 'no-numbers':
      return `the hunk in line ${line} of the diff has no line numbers in its header`;
    case 'no-hunk':
      return `the diff has no hunk below the header in its line ${line}`;
  }
}
