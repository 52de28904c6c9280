import type { Plant } from '../check.ts';
import { releasedCodesFile } from '../checks/error-codes.ts';
import { hashOfStatements, releasedMigrationsFile } from '../checks/released-migrations.ts';

const contract = 'src/capabilities/jobs/contract';
const port = 'export interface JobStore {\n  size(): number;\n}\n';
const suite = 'export function jobStoreConformance(database: string): void {}\n';

const createJobs = { id: 'jobs/0001-create-jobs', statements: () => ['CREATE TABLE jobs (id TEXT)'] };
const hashOfCreateJobs = hashOfStatements(createJobs);

export const contractPlants: readonly Plant[] = [
  {
    check: 'contract-browser-safe',
    what: "a Node module, files outside contracts, and a Node global, in the kernel's contract too",
    files: {
      [`${contract}/index.ts`]: `import { z } from 'zod';\nimport { join } from 'node:path';\nimport { a } from '../errors.ts';\nexport const path = z.string().parse(join(a, process.pid));\n`,
      'src/capabilities/jobs/errors.ts': `export const a = 'a';\n`,
      [`${contract}/kinds.ts`]: `import { kinds } from '../../../kernel/contract/index.ts';\nimport { kernel } from '../../../kernel/index.ts';\nexport const all = [kinds, kernel];\n`,
      'src/kernel/contract/index.ts': `export const kinds = ['a'];\nexport { sep } from 'node:path';\n`,
      'src/kernel/index.ts': `export const kernel = 'k';\n`,
    },
    expects: [
      `${contract}/index.ts:2`,
      `${contract}/index.ts:3`,
      `${contract}/kinds.ts:2`,
      'src/kernel/contract/index.ts:2',
      `${contract}/index.ts:4`,
    ],
  },
  {
    check: 'contract-fields',
    what: 'a number without meaning, one without a range, an input without an upper bound',
    files: {
      [`${contract}/index.ts`]: [
        `import { z } from 'zod';`,
        `export const job = z.object({`,
        `  a: z.int().min(0).describe('Rows read, 0 and up.'),`,
        `  b: z.number().min(0),`,
        `  c: z.array(z.object({ d: z.int().describe('Rows.') })).describe('Parts.'),`,
        `});`,
      ].join('\n'),
      'src/capabilities/jobs/operations/list-jobs.ts': [
        `import { z } from 'zod';`,
        `export const listJobs = {`,
        `  input: z.object({ limit: z.int().min(1).describe('Rows.') }),`,
        `  output: z.object({ total: z.int().min(0).describe('Rows.') }),`,
        `};`,
      ].join('\n'),
    },
    expects: [
      `${contract}/index.ts:4`,
      `${contract}/index.ts:5`,
      'src/capabilities/jobs/operations/list-jobs.ts:3',
    ],
  },
  {
    check: 'error-codes',
    what: 'a code removed, one of another category, a new one, one without remedy, an unknown one',
    files: {
      'src/capabilities/jobs/errors.ts': [
        `export const jobErrors = defineErrors({`,
        `  'jobs.not_found': { category: 'not-found', message: () => 'No.', remedy: 'List the jobs.' },`,
        `  'jobs.busy': { category: 'unavailable', message: () => 'Busy.', remedy: '' },`,
        `  'jobs.fresh': { category: 'conflict', message: () => 'New.', remedy: 'Go on.' },`,
        `});`,
      ].join('\n'),
      'src/capabilities/jobs/operations/cancel-job.ts': `export const a = { errors: ['jobs.not_found', 'jobs.unheard_of'] };\n`,
      [releasedCodesFile]: 'jobs.not_found invalid\njobs.gone conflict\njobs.busy unavailable\n',
    },
    expects: [
      'src/capabilities/jobs/errors.ts:3',
      `${releasedCodesFile}:1`,
      `${releasedCodesFile}:2`,
      'src/capabilities/jobs/errors.ts:4',
      'src/capabilities/jobs/operations/cancel-job.ts:1',
    ],
  },
  {
    check: 'released-migrations',
    what: 'one with another statement on one database, one that is gone, and one that is in no list',
    files: {
      'src/app/open-database.ts': `export { jobMigrations as migrations } from '../capabilities/jobs/migrations/index.ts';\n`,
      'src/capabilities/jobs/migrations/index.ts': [
        `export const jobMigrations = [`,
        `  { id: '${createJobs.id}', statements: () => ['CREATE TABLE jobs (id TEXT)'] },`,
        `  { id: 'jobs/0002-notes', statements: (dialect) => (dialect === 'sqlite' ? ['CREATE TABLE jobs (id TEXT)'] : []) },`,
        `  { id: 'jobs/0003-fresh', statements: () => [] },`,
        `];`,
      ].join('\n'),
      [releasedMigrationsFile]: `${createJobs.id} ${hashOfCreateJobs}\njobs/0002-notes ${hashOfCreateJobs}\njobs/0002-gone ${hashOfCreateJobs}\n`,
    },
    expects: [
      `${releasedMigrationsFile}:2`,
      `${releasedMigrationsFile}:3`,
      'src/capabilities/jobs/migrations/index.ts:4',
    ],
  },
  {
    check: 'settings-read',
    what: 'a setting that only a comment, a test and a default of the same name mention',
    files: {
      'src/platform/config/areas/jobs.ts': [
        `export const jobsSettings = z.object({`,
        `  workers: setting(z.int(), 'Workers.'),`,
        `  pollMs: setting(z.int(), 'Pause.'),`,
        `  leaseMs: setting(`,
        `    z.int(),`,
        `    'Lease.',`,
        `  ),`,
        `});`,
      ].join('\n'),
      'src/platform/config/load-settings.ts': 'export const pause = (jobs: Jobs) => jobs.pollMs;\n',
      'src/app/open-workers.ts':
        '// settings.pollMs\nconst { jobs, workers } = settings;\nopen({ workers, pollMs: 200, until: jobs.leaseMs });\n',
      'src/app/open-workers.test.ts': 'assert.equal(settings.pollMs, 200);\n',
    },
    expects: ['src/platform/config/areas/jobs.ts:3'],
  },
  {
    check: 'both-databases',
    what: 'a port whose suite runs on SQLite only, and one without a suite',
    files: {
      'src/capabilities/jobs/store/job-store.ts': port,
      'src/capabilities/jobs/store/sql-job-store.ts': '',
      'src/capabilities/jobs/store/job-store.conformance.ts': suite,
      'src/capabilities/jobs/store/job-store.test.ts': `// later: PostgreSQL\njobStoreConformance('SQLite');\n`,
      'src/capabilities/personas/store/trust-store.ts': 'export interface TrustStore {}\n',
    },
    expects: [
      'src/capabilities/jobs/store/job-store.ts:1',
      'src/capabilities/personas/store/trust-store.ts:1',
    ],
  },
  {
    check: 'doors-derive',
    what: 'an operation in no list, one listed twice, one without a door, a tool registered by hand',
    files: {
      'src/app/operations.ts': [
        `import { cancelJob } from '../capabilities/jobs/operations/cancel-job.ts';`,
        `const hidden = { name: 'jobs.hidden', doors: {}, handler() {} };`,
        `export const operations = [cancelJob, cancelJob, hidden];`,
      ].join('\n'),
      'src/capabilities/jobs/operations/cancel-job.ts': `export const cancelJob = { name: 'jobs.cancel', doors: { cli: 'jobs cancel' }, handler() {} };\n`,
      'src/capabilities/jobs/operations/forgotten.ts': `export const forgotten = { name: 'jobs.forgotten', doors: { cli: 'x' }, handler() {} };\n`,
      'src/interfaces/mcp/serve.ts': `const server = {};\nserver.registerTool('jobs', {});\n`,
    },
    expects: [
      'src/capabilities/jobs/operations/forgotten.ts:1',
      'src/app/operations.ts:1',
      'src/interfaces/mcp/serve.ts:2',
    ],
  },
];
