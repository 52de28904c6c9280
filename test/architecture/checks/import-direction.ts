import type { Check, Violation } from '../check.ts';
import { importsOf } from '../imports.ts';
import { isTestCode } from '../source-tree.ts';

const layers = ['kernel', 'platform', 'capabilities', 'interfaces', 'app'];

function layerOf(path: string): string | undefined {
  return layers.find((layer) => path.startsWith(`src/${layer}/`));
}

/** app → interfaces → capabilities → platform → kernel; nothing of `src` reaches outside `src` but tests. */
export const importDirection: Check = {
  id: 'import-direction',
  find(tree) {
    const violations: Violation[] = [];
    for (const path of tree.files.keys()) {
      if (path.startsWith('src/') && path.endsWith('.ts') && layerOf(path) === undefined) {
        violations.push({
          file: path,
          line: 1,
          message: `Lies in no layer; move it under src/${layers.join('|')}.`,
        });
      }
    }
    for (const { from, line, specifier, to } of importsOf(tree)) {
      const own = layerOf(from);
      if (own === undefined || to === undefined) continue;
      const other = layerOf(to);
      if (other === undefined) {
        const leaves = !to.startsWith('src/') && to !== 'package.json' && !isTestCode(from);
        if (leaves)
          violations.push({ file: from, line, message: `src imports ${to}, which is not shipped.` });
      } else if (layers.indexOf(other) > layers.indexOf(own)) {
        violations.push({
          file: from,
          line,
          message: `${own} imports ${other} (${specifier}): ${other} may use ${own}, never back.`,
        });
      }
    }
    return violations;
  },
};
