import type { Plant } from '../check.ts';

export const lintPlants: readonly Plant[] = [
  {
    check: 'named-exports',
    what: 'a default export',
    files: {
      'src/kernel/badName.ts': 'const a = 1;\nexport default a;\n',
      'src/kernel/good.ts': 'export const b = 1;\n',
    },
    expects: ['src/kernel/badName.ts:2'],
  },
  {
    check: 'named-imports',
    what: 'a module of ours that is loaded for its effect',
    files: {
      'src/kernel/a.ts':
        "import './effect.ts';\nimport type { B } from './effect.ts';\nexport const a: B = 1;\n",
      'src/kernel/effect.ts': "import 'some-package';\nexport type B = number;\n",
    },
    expects: ['src/kernel/a.ts:1'],
  },
  {
    check: 'kebab-case-files',
    what: 'a file in camel case',
    files: { 'src/kernel/badName.ts': 'export const a = 1;\n', 'src/kernel/good-name.test.ts': '' },
    expects: ['src/kernel/badName.ts:1'],
  },
  {
    check: 'unit-names',
    what: 'numbers without a unit in a schema, a type, a parameter and a constant',
    files: {
      'src/kernel/a.ts': [
        'export const input = z.object({ timeout: z.int().min(0), timeout_ms: z.int(), message: z.number() });',
        'export interface Limits { maxSize?: number | undefined; sizeBytes: number; delay: string }',
        'export function wait(retryDelay: number, ageMs: number): void {}',
        'const leaseDuration = 30;',
        'export const coerced = { max_age: z.coerce.number().optional() };',
      ].join('\n'),
    },
    expects: [
      'src/kernel/a.ts:1',
      'src/kernel/a.ts:2',
      'src/kernel/a.ts:3',
      'src/kernel/a.ts:4',
      'src/kernel/a.ts:5',
    ],
  },
  {
    check: 'status-moves',
    what: 'a literal status in set and in SQL',
    files: {
      'src/capabilities/jobs/store/sql-job-store.ts': [
        `db.updateTable('jobs').set({ ...changes, status: to });`,
        `db.updateTable('jobs').set({ ended_at: now, status: 'failed' });`,
        "const sql = `UPDATE jobs SET ended_at = ?, status = 'failed' WHERE id = ?`;",
      ].join('\n'),
    },
    expects: [
      'src/capabilities/jobs/store/sql-job-store.ts:2',
      'src/capabilities/jobs/store/sql-job-store.ts:3',
    ],
  },
  {
    check: 'no-sleep-in-tests',
    what: 'a timer and a timer import in tests, none elsewhere',
    files: {
      'src/kernel/a.test.ts': `await new Promise((r) => setTimeout(r, 10));\n`,
      'src/kernel/b.conformance.ts': `import { setTimeout as sleep } from 'node:timers/promises';\n`,
      'src/kernel/clock.ts': `setTimeout(() => {}, 10);\n`,
    },
    expects: ['src/kernel/a.test.ts:1', 'src/kernel/b.conformance.ts:1'],
  },
  {
    check: 'lazy-packages',
    what: 'a heavy package imported at the top; not its types, not at first use, not in tests',
    files: {
      'src/kernel/a.ts': `import type { Tool } from 'ai';\nexport const load = () => import('ai');\nimport { createOpenAI } from '@ai-sdk/openai';\n`,
      'src/kernel/a.test.ts': `import { streamText } from 'ai';\n`,
    },
    expects: ['src/kernel/a.ts:3'],
  },
];
