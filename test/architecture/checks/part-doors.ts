import type { Check, Violation } from '../check.ts';
import { importsOf } from '../imports.ts';
import { isTestCode } from '../source-tree.ts';

/** The folder that is entered by a door: a capability, a part of the platform, or the kernel. */
function partOf(path: string): string | undefined {
  return /^src\/(?:kernel|(?:capabilities|platform)\/[^/]+)(?=\/)/.exec(path)?.[0];
}

/** A part is entered by its `index.ts` or `contract/index.ts`; tests and scripts may also use its `testing.ts`. */
export const partDoors: Check = {
  id: 'part-doors',
  find(tree) {
    const violations: Violation[] = [];
    for (const { from, line, to } of importsOf(tree)) {
      const part = to === undefined ? undefined : partOf(to);
      if (part === undefined || to === undefined || partOf(from) === part) continue;
      const inside = to.slice(part.length + 1);
      if (inside === 'index.ts' || inside === 'contract/index.ts') continue;
      if ((isTestCode(from) || !from.startsWith('src/')) && /^testing(\.ts|\/index\.ts)$/.test(inside))
        continue;
      violations.push({
        file: from,
        line,
        message: `Imports ${to}; enter ${part} by its index.ts or contract/index.ts.`,
      });
    }
    return violations;
  },
};
