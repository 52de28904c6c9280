import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { structure } from './test/architecture/lint-rules/structure.ts';

/** Rules of the strict preset that cost more than they find here, each with its reason. */
const notOurs = {
  // `row!` after a check the compiler cannot see is clearer than a branch that never runs.
  '@typescript-eslint/no-non-null-assertion': 'off',
  // Numbers in messages are what the messages are for.
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  // An async function is how a port's adapter keeps its promise type when it has nothing to wait for.
  '@typescript-eslint/require-await': 'off',
  // `return reject(error)` ends a callback in one line.
  '@typescript-eslint/no-confusing-void-expression': 'off',
  // Ports are plain objects made by functions, none of which uses `this`.
  '@typescript-eslint/unbound-method': 'off',
  // We have no enums; those of libraries are compared with their documented values.
  '@typescript-eslint/no-unsafe-enum-comparison': 'off',
  // `{}` and `T` used once read well in generics that hold a shape together.
  '@typescript-eslint/no-unnecessary-type-parameters': 'off',
  // Types of rows and of parsed JSON state what is stored; a check for the impossible is welcome there.
  '@typescript-eslint/no-unnecessary-condition': 'off',
};

export default defineConfig(
  globalIgnores(['dist/', 'examples/', 'bench/node_modules/', 'coverage/']),
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      ...notOurs,
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  structure,
  {
    // Programs that people run print their result; servers for tests print to prove that it does no harm; and one file
    // turns the console away from the stream that carries the protocol.
    files: ['scripts/**/*.ts', 'bench/**/*.ts', 'test/support/**/*.ts', '**/protocol-stdout.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    // `describe` and `it` return promises that the runner awaits.
    files: ['**/*.test.ts', '**/*.conformance.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['describe', 'it', 'test', 'before', 'after'] },
          ],
        },
      ],
    },
  },
);
