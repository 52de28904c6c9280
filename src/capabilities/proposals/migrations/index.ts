import type { Migration } from '../../../platform/database/index.ts';

const proposals = (integer: string) => `CREATE TABLE proposals (
  id TEXT PRIMARY KEY,
  project TEXT NOT NULL,
  request_id TEXT NOT NULL UNIQUE REFERENCES approval_requests (id),
  created_by TEXT NOT NULL,
  claimed_approver TEXT,
  from_job TEXT,
  created_at ${integer} NOT NULL
)`;

// Every text that was ever shown for approval is kept, also of rejected proposals: a few kilobytes each.
const revisions = (integer: string) => `CREATE TABLE proposal_revisions (
  proposal_id TEXT NOT NULL REFERENCES proposals (id),
  revision ${integer} NOT NULL,
  text_hash TEXT NOT NULL,
  author TEXT NOT NULL,
  duplicates TEXT,
  note TEXT,
  created_at ${integer} NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (proposal_id, revision)
)`;

/** Tables of proposals, on SQLite and on PostgreSQL, after those of the inbox; released ones never change. */
export const proposalMigrations: readonly Migration[] = [
  {
    id: 'proposals/0001-create-proposals',
    statements: (dialect) => {
      const integer = dialect === 'sqlite' ? 'INTEGER' : 'BIGINT';
      return [proposals(integer), revisions(integer)];
    },
  },
  {
    id: 'proposals/0002-flagged-places',
    statements: (dialect) => [
      `ALTER TABLE proposal_revisions ADD COLUMN flagged_places ${dialect === 'sqlite' ? 'INTEGER' : 'BIGINT'}`,
    ],
  },
  {
    // What a person was shown and approved where no proposal holds the text: an adopted or a retired file.
    id: 'proposals/0003-adopted-texts',
    statements: () => [
      `CREATE TABLE adopted_texts (
  request_id TEXT PRIMARY KEY REFERENCES approval_requests (id),
  text TEXT NOT NULL
)`,
    ],
  },
];
