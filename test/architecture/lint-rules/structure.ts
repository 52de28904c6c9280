import type { Linter } from 'eslint';
import unicorn from 'eslint-plugin-unicorn';
import { parser, plugin } from 'typescript-eslint';
import { unitInName } from './unit-in-name.ts';

const defaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name, so that one thing has one name everywhere.',
};

const importForEffect = {
  selector: 'ImportDeclaration[specifiers.length=0][source.value=/^\\./]',
  message:
    'Import what you need by name: the build leaves out a module of ours that is loaded for its effect.',
};

const statusMoves = [
  {
    selector:
      "CallExpression[callee.property.name='set'] > ObjectExpression > Property[key.name='status'][value.type='Literal']",
    message:
      'A status moves by the table of moves: call the store’s move function, which checks where it may come from.',
  },
  {
    selector:
      ":matches(TemplateElement[value.raw=/\\bset\\b[^;]*\\bstatus\\s*=\\s*'\\w/i], Literal[value=/\\bset\\b[^;]*\\bstatus\\s*=\\s*'\\w/i])",
    message: 'A status moves by the table of moves; bind the value that the table gives.',
  },
];

const sleeping =
  'Wait on a signal (an event, a promise, a stepped clock); a test that sleeps is slow or wrong.';

const tests = ['**/*.test.ts', '**/*.conformance.ts'];

/**
 * The rules of this code base that need no types. `eslint.config.js` holds them for people and CI; the architecture
 * test runs them on planted files.
 */
export const structure: Linter.Config[] = [
  {
    name: 'troupe/structure',
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parser, ecmaVersion: 'latest', sourceType: 'module' },
    plugins: { unicorn, troupe: { rules: { 'unit-in-name': unitInName } } },
    rules: {
      'unicorn/filename-case': ['error', { case: 'kebabCase' }],
      'troupe/unit-in-name': 'error',
      'no-restricted-syntax': ['error', defaultExport, importForEffect, ...statusMoves],
    },
  },
  {
    // Start-up does no work that the first request does not need.
    name: 'troupe/heavy-packages-load-at-first-use',
    files: ['src/**/*.ts'],
    ignores: tests,
    plugins: { '@typescript-eslint': plugin },
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: [
                'ai',
                '@ai-sdk/*',
                '@ast-grep/*',
                '@secretlint/*',
                'pg',
                'js-tiktoken',
                'js-tiktoken/*',
              ],
              allowTypeImports: true,
              message: 'Load it with await import() where it is first used; import only its types here.',
            },
          ],
        },
      ],
    },
  },
  {
    // A suite puts rows into any state, to prove what the table refuses; a benchmark compares with bare SQL.
    name: 'troupe/tests-write-any-status',
    files: [...tests, 'test/**/*.ts', 'bench/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', defaultExport, importForEffect] },
  },
  {
    name: 'troupe/tests-wait-on-signals',
    files: tests,
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'setTimeout', message: sleeping },
        { name: 'setInterval', message: sleeping },
      ],
      'no-restricted-imports': [
        'error',
        ...['node:timers', 'node:timers/promises', 'timers', 'timers/promises'].map((name) => ({
          name,
          message: sleeping,
        })),
      ],
    },
  },
  {
    name: 'troupe/tools-ask-for-default-exports',
    files: ['*.config.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
];
