import type { Plant } from '../check.ts';

const lines = (count: number): string => 'export {};\n'.repeat(count);

export const shapePlants: readonly Plant[] = [
  {
    check: 'file-size',
    what: 'most files over the median, one over the most',
    files: {
      'src/kernel/a.ts': lines(80),
      'src/kernel/b.ts': lines(81),
      'src/kernel/c.ts': lines(301),
      'src/kernel/c.test.ts': lines(900),
    },
    expects: ['src/kernel/c.ts:301', 'src/kernel/b.ts:81', 'src/kernel/c.ts:221'],
  },
  {
    check: 'banned-names',
    what: 'a manager, and a folder of utils',
    files: {
      'src/capabilities/jobs/queue-manager.ts': '',
      'src/utils/clock.ts': '',
      'src/kernel/uncommon-names.ts': '',
    },
    expects: ['src/capabilities/jobs/queue-manager.ts:1', 'src/utils/clock.ts:1'],
  },
  {
    check: 'readme-true',
    what: 'a README names a file that is not there, and a capability has none',
    files: {
      'src/capabilities/jobs/README.md':
        '# jobs\nDoors: `index.ts`, `store/job-store.ts`,\n`store/gone.ts`.\n',
      'src/capabilities/jobs/index.ts': '',
      'src/capabilities/jobs/store/job-store.ts': '',
      'src/capabilities/work/index.ts': '',
      'README.md': 'See [the guide](docs/guide.md) and `config.yaml`; [site](https://example.com/a.md).\n',
    },
    expects: ['src/capabilities/work/README.md:1', 'src/capabilities/jobs/README.md:3', 'README.md:1'],
  },
  {
    check: 'npm-scripts',
    what: 'a document names a script that is gone, and texts start a program by the Node that the reader has',
    files: {
      'package.json': '{ "scripts": { "rules": "node scripts/rules.ts", "test": "node test/run-tests.ts" } }',
      'AGENTS.md': 'Run `npm test`,\n`npm run rules -- check` and\n`npm run rule`.\n',
      'src/capabilities/analyzers/README.md': 'Then `node scripts/rules.ts check`.\n',
      'src/capabilities/standards/universal/testing/a.md':
        'Such as `npm run e2e` or `node scripts/seed.ts`.\n',
      'scripts/rules.ts': '// `npm run rules`, or `npx node scripts/rules.ts`\n// or node scripts/rules.ts\n',
    },
    expects: ['AGENTS.md:3', 'src/capabilities/analyzers/README.md:1', 'scripts/rules.ts:2'],
  },
  {
    check: 'doors-documented',
    what: 'a bare export behind a door',
    files: {
      'src/capabilities/jobs/index.ts': `export { claim, type Job } from './claim.ts';\nexport { jobErrors } from './errors.ts';\nexport const bare = 1;\n`,
      'src/capabilities/jobs/claim.ts': `/** Claims. */\nexport function claim(): void {}\nexport interface Job { id: string }\n`,
      'src/capabilities/jobs/errors.ts': `export const jobErrors = defineErrors({});\n`,
    },
    expects: ['src/capabilities/jobs/index.ts:1', 'src/capabilities/jobs/index.ts:3'],
  },
  {
    check: 'clean-tree',
    what: 'a machine path, a download address, a blanket suppression, an unfinished mark',
    files: {
      'docs/setup.md': 'Then\nrun /work/main/install.\n',
      'package-lock.json': '{\n  "resolved": "a"\n}\n',
      'src/kernel/a.ts': '/* eslint-disable */\n',
      'src/kernel/b.ts': '// eslint-disable-next-line no-console\n// TODO: more\n',
    },
    expects: ['docs/setup.md:2', 'package-lock.json:2', 'src/kernel/a.ts:1', 'src/kernel/b.ts:2'],
  },
  {
    check: 'lockfile-complete',
    what: 'a parser without its binding for one platform',
    files: {
      'package-lock.json': JSON.stringify(
        {
          packages: {
            'node_modules/parser': {
              optionalDependencies: { 'parser-linux': '1.0.0', 'parser-darwin': '1.0.0' },
            },
            'node_modules/tool/node_modules/parser-linux': { optional: true },
          },
        },
        undefined,
        2,
      ),
    },
    expects: ['package-lock.json:3'],
  },
];
