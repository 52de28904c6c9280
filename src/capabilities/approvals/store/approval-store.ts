import type { ApprovalStatus } from '../contract/index.ts';
import type { ApprovalRequest, Decision, NewApprovalRequest, NewDecision } from './approval.ts';
import type { Commit, EventTransaction } from './event-transaction.ts';

/** Which requests are meant. */
export interface InboxFilter {
  project: string;
  kind?: string | undefined;
  subjectId?: string | undefined;
  statuses?: readonly ApprovalStatus[] | undefined;
  /** Only what still needs somebody: waiting, sent back for changes, or approved and not done. */
  open?: boolean | undefined;
  /** Only what was approved and is done. */
  done?: boolean | undefined;
}

/** What keeps a request out: there is an open one about the same subject, or there are too many. */
export interface Admission {
  /** Requests that may wait in the project; 0 for no limit. */
  maxWaiting: number;
}

/** A new revision of a request. */
export interface NewRevision {
  requestId: string;
  /** `edit` when a person wrote it: that may also follow an approved one that could not be done. */
  move: 'revise' | 'edit';
  /** The revision it follows; refused when another one came in between. */
  follows: number;
  /** What it is about now: a change may rename it. */
  subjectId: string;
  title: string;
  textHash: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** Who approved something last. */
export interface LastApproval {
  by: string;
  /** Milliseconds since 1970. */
  at: number;
  /** What became of it, as its kind said. */
  outcomeMessage: string | null;
}

/** Approvals that a person takes back. */
export interface Revocation {
  project: string;
  kind: string;
  subjectId: string;
  /** A request whose approval stays. */
  except: string | null;
  by: string;
  channel: string;
  /** Milliseconds since 1970. */
  at: number;
}

/**
 * Where requests and decisions live. Every change is one conditional write with its event in the same transaction.
 * All errors of `Sql` may occur, `database.busy` above all.
 */
export interface ApprovalStore {
  /** Runs changes of this store, and of whoever asks, in one transaction. */
  readonly commit: Commit;
  /**
   * Adds a waiting request under the next number of its project, within limits where some are given.
   * Errors: `approvals.too_many_waiting`, `approvals.asked_already`.
   */
  insert(tx: EventTransaction, request: NewApprovalRequest, admission?: Admission): Promise<ApprovalRequest>;
  /**
   * Replaces the text that is asked for; it waits again.
   * Errors: `approvals.old_revision`, `approvals.already_decided`, `approvals.withdrawn`, `approvals.unknown`.
   */
  revise(tx: EventTransaction, revision: NewRevision): Promise<ApprovalRequest>;
  /**
   * Stores a person's answer. Guarantee: of any number of concurrent answers to a revision, one is stored; the others
   * get `approvals.already_decided`, which names it.
   * Errors: as `revise`, and `approvals.text_differs`.
   */
  decide(tx: EventTransaction, decision: NewDecision): Promise<ApprovalRequest>;
  /** Errors: as `revise`. */
  withdraw(tx: EventTransaction, requestId: string, at: number): Promise<ApprovalRequest>;
  /**
   * Notes what became of an approved request. `failed` never replaces `done`. Resolves to `undefined` when the request
   * is not approved (any more) or done already.
   */
  recordOutcome(
    tx: EventTransaction,
    outcome: { requestId: string; outcome: 'done' | 'failed'; message: string; at: number },
  ): Promise<ApprovalRequest | undefined>;
  /** Marks a failed outcome as under way again; `undefined` when it is not failed. */
  tryAgain(tx: EventTransaction, requestId: string, at: number): Promise<ApprovalRequest | undefined>;

  get(requestId: string): Promise<ApprovalRequest | undefined>;
  /**
   * The request of a number (`1`, `#1`), an id, or a unique ending of one.
   * Errors: `approvals.unknown`, `approvals.ambiguous_id`.
   */
  find(project: string, numberOrId: string): Promise<ApprovalRequest>;
  /** Newest first; `before` is the number of the last request of the previous page. */
  list(filter: InboxFilter, page: { limit: number; before?: number | undefined }): Promise<ApprovalRequest[]>;
  count(filter: InboxFilter): Promise<number>;
  /** The open request about a subject, if there is one. */
  openAbout(project: string, kind: string, subjectId: string): Promise<ApprovalRequest | undefined>;
  /** Answers to a request, oldest first; there are at most a few for each revision. */
  decisions(requestId: string): Promise<Decision[]>;
  /** Approved requests that are not known to be done, oldest first, at most 100. */
  unfinished(project: string): Promise<ApprovalRequest[]>;

  /** Notes that a revision was shown to a person; resolves to whether it had been before. */
  markShown(request: ApprovalRequest, person: string, at: number): Promise<boolean>;
  /** Whether exactly this text of this revision was shown to the person. */
  wasShown(request: ApprovalRequest, person: string): Promise<boolean>;

  /**
   * Takes back every approval about a subject, but for the request `except`: the texts are approved no longer, until a
   * person approves one anew. Idempotent.
   */
  revoke(tx: EventTransaction, revocation: Revocation): Promise<void>;
  /** When and by whom approvals about a subject were taken back, by SHA-256 of the text; approved anew or not. */
  revoked(
    project: string,
    kind: string,
    subjectId: string,
  ): Promise<ReadonlyMap<string, { by: string; at: number }>>;

  /** SHA-256 of every text that a person approved and none took back, by subject; of all subjects, or of these. */
  hashesApproved(
    project: string,
    kind: string,
    subjectIds?: readonly string[],
  ): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
  /** The last approval of each subject that was done and that none took back, by subject. */
  lastApprovals(project: string, kind: string): Promise<ReadonlyMap<string, LastApproval>>;
}
