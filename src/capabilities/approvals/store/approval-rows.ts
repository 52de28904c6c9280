import type { ApprovalOutcome, ApprovalStatus } from '../contract/index.ts';
import type { Channel } from '../person.ts';
import type { DecisionKind } from '../transitions.ts';
import type { ApprovalRequest, Decision } from './approval.ts';

/** A row of the table `approval_requests`. */
export interface RequestRow {
  id: string;
  project: string;
  number: number;
  kind: string;
  status: ApprovalStatus;
  revision: number;
  text_hash: string;
  outcome: ApprovalOutcome | null;
  created_at: number;
  updated_at: number;
  subject_id: string;
  asked_by: string;
  title: string;
  outcome_message: string | null;
}

export function requestOfRow(row: RequestRow): ApprovalRequest {
  return {
    id: row.id,
    project: row.project,
    number: row.number,
    kind: row.kind,
    subjectId: row.subject_id,
    title: row.title,
    from: row.asked_by,
    status: row.status,
    revision: row.revision,
    textHash: row.text_hash,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    outcome: row.outcome,
    outcomeMessage: row.outcome_message,
  };
}

/** A row of the table `approval_decisions`. */
export interface DecisionRow {
  id: string;
  request_id: string;
  subject_id: string;
  revision: number;
  text_hash: string;
  decision: DecisionKind;
  decided_by: string;
  channel: Channel;
  because: string | null;
  decided_at: number;
}

export function decisionOfRow(row: DecisionRow): Decision {
  return {
    id: row.id,
    requestId: row.request_id,
    subjectId: row.subject_id,
    revision: row.revision,
    textHash: row.text_hash,
    decision: row.decision,
    by: row.decided_by,
    channel: row.channel,
    because: row.because,
    at: row.decided_at,
  };
}
