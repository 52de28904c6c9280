import type { ApprovalRequest, Decision } from '../store/approval.ts';
import type { EventTransaction } from '../store/event-transaction.ts';

/** What a person is shown before deciding. */
export interface ShownRequest {
  /** The exact text of the revision; its hash is the revision's. */
  text: string;
  /** What to know before deciding, one line each: near-duplicates, claims, what checks found. */
  notes: readonly string[];
}

/** One text of a request. */
export interface KeptRevision {
  /** From 1. */
  revision: number;
  /** SHA-256 of its text, hex. */
  textHash: string;
  /** Persona or person that wrote it. */
  author: string;
  /** Milliseconds since 1970. */
  createdAt: number;
}

/** A revision that a person wrote, checked and ready to be stored. */
export interface CheckedEdit {
  subjectId: string;
  title: string;
  textHash: string;
  /** Stores the text of the new revision; the request has been revised in the same transaction. */
  store(tx: EventTransaction, revised: ApprovalRequest): Promise<void>;
}

/** What a persona is asked to change. */
export interface ChangesAsked {
  request: ApprovalRequest;
  because: string;
}

/** Handles the requests of one kind. A capability registers one for what it asks people for. */
export interface ApprovalKind {
  readonly kind: string;
  /** How people call it, such as `Standard`. */
  readonly label: string;
  /** What to see of one revision, the request's newest where none is given. */
  show(request: ApprovalRequest, revision?: number): Promise<ShownRequest>;
  /** What a list says of a request that is open, in a few words each; left out where there is never anything. */
  hints?(request: ApprovalRequest): Promise<readonly string[]>;
  /** Every revision, oldest first; the last is the request's. */
  revisions(request: ApprovalRequest): Promise<readonly KeptRevision[]>;
  /**
   * Refuses to approve a revision that is stored and would not be taken today; left out where all is fit that is stored.
   * Errors: those of the kind, with what to do instead.
   */
  assertFit?(request: ApprovalRequest, revision: number): Promise<void>;
  /**
   * Does what was approved. Idempotent: it is run again after a crash or a failure, and then finishes or finds its work
   * done. Resolves to one line for people. What it throws is kept as the reason why it is not done yet.
   */
  apply(request: ApprovalRequest, decision: Decision): Promise<{ message: string }>;
  /** Checks a text that a person wrote in its place; left out where there is no text to change. */
  edit?(request: ApprovalRequest, text: string, by: string): Promise<CheckedEdit>;
  /**
   * Has the one who asked make a new revision from a person's feedback. Resolves to the job that does it, or to
   * `undefined` where nobody can and the person must.
   */
  revise?(asked: ChangesAsked): Promise<{ jobId: string } | undefined>;
}
