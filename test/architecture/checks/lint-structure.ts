import { Linter } from 'eslint';
import type { Check, Violation } from '../check.ts';
import { structure } from '../lint-rules/structure.ts';
import type { SourceTree } from '../source-tree.ts';

/** What the lint rules of `structure.ts` say, grouped by rule so that each group is a check with its own plants. */
const reports = new WeakMap<SourceTree, Map<string, Violation[]>>();

function lint(tree: SourceTree): Map<string, Violation[]> {
  const known = reports.get(tree);
  if (known !== undefined) return known;
  const linter = new Linter({ configType: 'flat' });
  const byRule = new Map<string, Violation[]>();
  for (const [file, text] of tree.files) {
    if (!/^(src|test|scripts|bench)\/.*\.ts$/.test(file)) continue;
    for (const { ruleId, line, message } of linter.verify(text, structure, { filename: file })) {
      if (ruleId === null) continue;
      byRule.set(ruleId, [...(byRule.get(ruleId) ?? []), { file, line, message }]);
    }
  }
  reports.set(tree, byRule);
  return byRule;
}

function lintCheck(id: string, belongs: (ruleId: string, message: string) => boolean): Check {
  return {
    id,
    find: (tree) =>
      [...lint(tree)].flatMap(([ruleId, found]) => found.filter(({ message }) => belongs(ruleId, message))),
  };
}

export const namedExports = lintCheck(
  'named-exports',
  (rule, message) => rule === 'no-restricted-syntax' && message.startsWith('Export by name'),
);
export const namedImports = lintCheck(
  'named-imports',
  (rule, message) => rule === 'no-restricted-syntax' && message.startsWith('Import what you need by name'),
);
export const kebabCaseFiles = lintCheck('kebab-case-files', (rule) => rule === 'unicorn/filename-case');
export const unitNames = lintCheck('unit-names', (rule) => rule === 'troupe/unit-in-name');
export const statusMoves = lintCheck(
  'status-moves',
  (rule, message) => rule === 'no-restricted-syntax' && message.startsWith('A status moves'),
);
export const noSleepInTests = lintCheck('no-sleep-in-tests', (rule) =>
  /^no-restricted-(globals|imports)$/.test(rule),
);
export const lazyPackages = lintCheck(
  'lazy-packages',
  (rule) => rule === '@typescript-eslint/no-restricted-imports',
);
