import type { Database, Sql } from '../../../platform/database/index.ts';
import type { NearDuplicate, Proposal, ProposalRevision } from './proposal.ts';
import type { ProposalStore } from './proposal-store.ts';

interface ProposalRow {
  id: string;
  project: string;
  request_id: string;
  created_by: string;
  claimed_approver: string | null;
  from_job: string | null;
  created_at: number;
}

interface RevisionRow {
  proposal_id: string;
  revision: number;
  text_hash: string;
  author: string;
  duplicates: string | null;
  flagged_places: number | null;
  note: string | null;
  created_at: number;
  text: string;
}

/** Proposals on SQLite and on PostgreSQL: one set of statements, proven by the conformance suite on both. */
export function sqlProposalStore(database: Database): ProposalStore {
  return {
    async insert(tx, proposal, first) {
      await tx.sql.run(
        `INSERT INTO proposals (id, project, request_id, created_by, claimed_approver, from_job, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
        [
          proposal.id,
          proposal.project,
          proposal.requestId,
          proposal.createdBy,
          proposal.claimedApprover,
          proposal.fromJob,
          proposal.createdAt,
        ],
      );
      await insertRevision(tx.sql, first);
    },
    addRevision: (tx, revision) => insertRevision(tx.sql, revision),

    async get(proposalId) {
      const row = await database.get<ProposalRow>('SELECT * FROM proposals WHERE id = ?', [proposalId]);
      return row === undefined ? undefined : proposalOfRow(row);
    },
    async ofRequest(requestId) {
      const row = await database.get<ProposalRow>('SELECT * FROM proposals WHERE request_id = ?', [
        requestId,
      ]);
      return row === undefined ? undefined : proposalOfRow(row);
    },

    async revision(proposalId, revision) {
      const row = await database.get<RevisionRow>(
        'SELECT * FROM proposal_revisions WHERE proposal_id = ? AND revision = ?',
        [proposalId, revision],
      );
      return row === undefined ? undefined : revisionOfRow(row);
    },
    async revisions(proposalId) {
      const rows = await database.all<RevisionRow>(
        'SELECT * FROM proposal_revisions WHERE proposal_id = ? ORDER BY revision',
        [proposalId],
      );
      return rows.map(revisionOfRow);
    },

    async addAdopted(tx, requestId, text) {
      await tx.sql.run('INSERT INTO adopted_texts (request_id, text) VALUES (?, ?)', [requestId, text]);
    },
    async adoptedText(requestId) {
      const row = await database.get<{ text: string }>(
        'SELECT text FROM adopted_texts WHERE request_id = ?',
        [requestId],
      );
      return row?.text;
    },
  };
}

async function insertRevision(sql: Sql, revision: ProposalRevision): Promise<void> {
  await sql.run(
    `INSERT INTO proposal_revisions (proposal_id, revision, text_hash, author, duplicates, flagged_places, note, created_at, text)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      revision.proposalId,
      revision.revision,
      revision.textHash,
      revision.author,
      revision.duplicates === null ? null : JSON.stringify(revision.duplicates),
      revision.flaggedPlaces,
      revision.note,
      revision.createdAt,
      revision.text,
    ],
  );
}

function proposalOfRow(row: ProposalRow): Proposal {
  return {
    id: row.id,
    project: row.project,
    requestId: row.request_id,
    createdBy: row.created_by,
    claimedApprover: row.claimed_approver,
    fromJob: row.from_job,
    createdAt: row.created_at,
  };
}

function revisionOfRow(row: RevisionRow): ProposalRevision {
  return {
    proposalId: row.proposal_id,
    revision: row.revision,
    text: row.text,
    textHash: row.text_hash,
    author: row.author,
    duplicates: row.duplicates === null ? null : (JSON.parse(row.duplicates) as NearDuplicate[]),
    flaggedPlaces: row.flagged_places,
    note: row.note,
    createdAt: row.created_at,
  };
}
