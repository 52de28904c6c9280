import type { ApprovalOutcome, ApprovalStatus } from '../contract/index.ts';
import type { Channel } from '../person.ts';
import type { DecisionKind } from '../transitions.ts';

/** A request for a person's decision. Times are milliseconds since 1970. */
export interface ApprovalRequest {
  id: string;
  /** Real path of the project's root. */
  project: string;
  /** Short, from 1, unique in the project, never used again. */
  number: number;
  /** Who handles it, such as `standard`. */
  kind: string;
  /** What it is about, in the words of its kind, such as `architecture/error-responses`. */
  subjectId: string;
  title: string;
  /** Persona or person who asks. */
  from: string;
  status: ApprovalStatus;
  /** From 1. */
  revision: number;
  /** SHA-256 of the newest revision's text, hex. */
  textHash: string;
  createdAt: number;
  updatedAt: number;
  /** What became of it once approved. */
  outcome: ApprovalOutcome | null;
  outcomeMessage: string | null;
}

/** A request as it is handed in. */
export type NewApprovalRequest = Pick<
  ApprovalRequest,
  'id' | 'project' | 'kind' | 'subjectId' | 'title' | 'from' | 'textHash' | 'createdAt'
>;

/** A person's answer; never changed, never deleted. */
export interface Decision {
  id: string;
  requestId: string;
  /** What the request was about when it was decided. */
  subjectId: string;
  revision: number;
  textHash: string;
  decision: DecisionKind;
  /** Account name of whoever decided. */
  by: string;
  channel: Channel;
  because: string | null;
  /** Milliseconds since 1970. */
  at: number;
}

/** An answer as it is given: to exactly one revision with exactly one text. */
export type NewDecision = Pick<
  Decision,
  'id' | 'requestId' | 'revision' | 'textHash' | 'decision' | 'by' | 'channel' | 'because' | 'at'
>;
