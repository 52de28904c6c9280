import type { Dialect, Migration } from '../../../platform/database/index.ts';

const requests = (integer: string) => `CREATE TABLE approval_requests (
  id TEXT PRIMARY KEY,
  project TEXT NOT NULL,
  number ${integer} NOT NULL,
  kind TEXT NOT NULL,
  status TEXT NOT NULL,
  revision ${integer} NOT NULL,
  text_hash TEXT NOT NULL,
  outcome TEXT,
  created_at ${integer} NOT NULL,
  updated_at ${integer} NOT NULL,
  subject_id TEXT NOT NULL,
  asked_by TEXT NOT NULL,
  title TEXT NOT NULL,
  outcome_message TEXT
)`;

// What was decided is the proof behind every approved text: it is never deleted and never changed.
const decisions = (integer: string) => `CREATE TABLE approval_decisions (
  id TEXT PRIMARY KEY,
  request_id TEXT NOT NULL REFERENCES approval_requests (id),
  project TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  revision ${integer} NOT NULL,
  text_hash TEXT NOT NULL,
  decision TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  channel TEXT NOT NULL,
  because TEXT,
  decided_at ${integer} NOT NULL
)`;

const shown = (integer: string) => `CREATE TABLE approval_shown (
  request_id TEXT NOT NULL REFERENCES approval_requests (id),
  revision ${integer} NOT NULL,
  text_hash TEXT NOT NULL,
  person TEXT NOT NULL,
  shown_at ${integer} NOT NULL,
  PRIMARY KEY (request_id, revision, person)
)`;

const appendOnly: Record<Dialect, readonly string[]> = {
  sqlite: ['UPDATE', 'DELETE'].map(
    (
      change,
    ) => `CREATE TRIGGER approval_decisions_no_${change.toLowerCase()} BEFORE ${change} ON approval_decisions
     BEGIN SELECT RAISE(ABORT, 'approval decisions are append-only'); END`,
  ),
  postgres: [
    `CREATE FUNCTION approval_decisions_stand() RETURNS trigger LANGUAGE plpgsql AS
     $$ BEGIN RAISE EXCEPTION 'approval decisions are append-only'; END $$`,
    `CREATE TRIGGER approval_decisions_stand BEFORE UPDATE OR DELETE ON approval_decisions
     FOR EACH ROW EXECUTE FUNCTION approval_decisions_stand()`,
  ],
};

// An approval that a person took back, by retiring what was approved. Beside the answer, which stays as it was given.
const revocations = (integer: string) => `CREATE TABLE approval_revocations (
  decision_id TEXT PRIMARY KEY REFERENCES approval_decisions (id),
  revoked_by TEXT NOT NULL,
  channel TEXT NOT NULL,
  revoked_at ${integer} NOT NULL
)`;

const revocationsStand: Record<Dialect, readonly string[]> = {
  sqlite: ['UPDATE', 'DELETE'].map(
    (
      change,
    ) => `CREATE TRIGGER approval_revocations_no_${change.toLowerCase()} BEFORE ${change} ON approval_revocations
     BEGIN SELECT RAISE(ABORT, 'approval decisions are append-only'); END`,
  ),
  postgres: [
    `CREATE TRIGGER approval_revocations_stand BEFORE UPDATE OR DELETE ON approval_revocations
     FOR EACH ROW EXECUTE FUNCTION approval_decisions_stand()`,
  ],
};

/** Tables of the inbox, on SQLite and on PostgreSQL; released ones never change. */
export const approvalMigrations: readonly Migration[] = [
  {
    id: 'approvals/0001-create-inbox',
    statements: (dialect) => {
      const integer = dialect === 'sqlite' ? 'INTEGER' : 'BIGINT';
      return [
        requests(integer),
        'CREATE UNIQUE INDEX approval_requests_number ON approval_requests (project, number)',
        'CREATE INDEX approval_requests_status ON approval_requests (project, status, number)',
        decisions(integer),
        'CREATE INDEX approval_decisions_request ON approval_decisions (request_id)',
        'CREATE INDEX approval_decisions_subject ON approval_decisions (project, kind, subject_id)',
        shown(integer),
        ...appendOnly[dialect],
      ];
    },
  },
  {
    id: 'approvals/0002-revocations',
    statements: (dialect) => [
      revocations(dialect === 'sqlite' ? 'INTEGER' : 'BIGINT'),
      ...revocationsStand[dialect],
    ],
  },
];
