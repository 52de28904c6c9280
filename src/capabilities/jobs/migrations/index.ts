import type { Migration } from '../../../platform/database/index.ts';

// Small columns first: SQLite reads a row from the left and leaves the long texts behind them untouched.
const jobsTable = (integer: string) => `CREATE TABLE jobs (
  id TEXT PRIMARY KEY,
  project TEXT NOT NULL,
  persona TEXT NOT NULL,
  status TEXT NOT NULL,
  priority TEXT NOT NULL,
  order_number ${integer} NOT NULL,
  chain TEXT NOT NULL,
  attempt ${integer} NOT NULL DEFAULT 0,
  crashes ${integer} NOT NULL DEFAULT 0,
  lease_owner TEXT,
  lease_until ${integer},
  created_at ${integer} NOT NULL,
  started_at ${integer},
  ended_at ${integer},
  phase TEXT NOT NULL DEFAULT 'initializing',
  percent ${integer} NOT NULL DEFAULT 0,
  message TEXT NOT NULL DEFAULT '',
  eta_ms ${integer},
  tool_calls ${integer} NOT NULL DEFAULT 0,
  steps ${integer} NOT NULL DEFAULT 0,
  tokens_input ${integer} NOT NULL DEFAULT 0,
  tokens_output ${integer} NOT NULL DEFAULT 0,
  cost_usd DOUBLE PRECISION DEFAULT 0,
  size_bytes ${integer} NOT NULL DEFAULT 0,
  persona_hash TEXT NOT NULL,
  model TEXT NOT NULL,
  caller TEXT NOT NULL,
  retry_of TEXT,
  error_code TEXT,
  error_message TEXT,
  error_remedy TEXT,
  task TEXT NOT NULL,
  context TEXT,
  partial_result TEXT,
  result TEXT,
  result_data TEXT
)`;

const stepsTable = (integer: string) => `CREATE TABLE job_steps (
  job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  number ${integer} NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  summary TEXT NOT NULL,
  phase TEXT NOT NULL,
  tokens_input ${integer} NOT NULL,
  tokens_output ${integer} NOT NULL,
  cost_usd DOUBLE PRECISION,
  created_at ${integer} NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (job_id, number)
)`;

// Ids sort by creation time (UUID version 7), so an index that ends in the id is in the order lists are shown.
// Partial indexes keep a finished job out of the way of the queue; two whole ones serve lists and counts. More
// would cost each insert and each move: measured, four whole indexes halve the insert rate.
const indexes = [
  "CREATE INDEX jobs_waiting ON jobs (project, order_number, id) WHERE status = 'pending'",
  "CREATE INDEX jobs_leased ON jobs (project, lease_until) WHERE status = 'running'",
  'CREATE INDEX jobs_by_status ON jobs (project, status, id)',
  'CREATE INDEX jobs_by_persona ON jobs (project, persona, status, id)',
];

/** Tables and indexes of jobs, on SQLite and on PostgreSQL; released ones never change. */
export const jobMigrations: readonly Migration[] = [
  {
    id: 'jobs/0001-create-jobs',
    statements: (dialect) => {
      const integer = dialect === 'sqlite' ? 'INTEGER' : 'BIGINT';
      return [
        jobsTable(integer),
        ...indexes,
        stepsTable(integer),
        // Daily work that any process may do, but one does.
        `CREATE TABLE maintenance (name TEXT PRIMARY KEY, last_run_at ${integer} NOT NULL)`,
      ];
    },
  },
  {
    // The proposal that the job's text is the next revision of: the job's own record, not its task, says so.
    id: 'jobs/0002-revised-proposal',
    statements: () => ['ALTER TABLE jobs ADD COLUMN revises TEXT'],
  },
];
