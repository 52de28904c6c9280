import type { Check } from '../check.ts';
import { isTestCode, lineAt, typescriptFiles } from '../source-tree.ts';

/** A setting has an effect: code outside the configuration reads its name from an object. */
export const settingsRead: Check = {
  id: 'settings-read',
  find(tree) {
    const reading = typescriptFiles(tree)
      .filter(([path]) => !isTestCode(path) && !path.startsWith('src/platform/config/'))
      .map(([, text]) => text.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g, ''))
      .join('\n');
    // `limits.maxFiles` or `{ maxFiles, … }`; `maxFiles: 10` writes.
    const read = new Set([...reading.matchAll(/(?:\.|[{,]\s*)(\w+)\b(?!:)/g)].map(([, name]) => name!));
    return typescriptFiles(tree, 'src/platform/config/areas/').flatMap(([file, text]) =>
      [...text.matchAll(/^ +(\w+): setting\(/gm)]
        .filter(([, name]) => !read.has(name!))
        .map(({ 1: name, index }) => ({
          file,
          line: lineAt(text, index),
          message: `Nothing outside src/platform/config reads ${name!}; use it, or take the setting out.`,
        })),
    );
  },
};
