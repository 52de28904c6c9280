import type { ApprovalOutcome, ApprovalStatus } from './contract/index.ts';

/** A legal move: from which states, to which, and whether what was approved must have failed to take effect before. */
interface Move {
  from: readonly ApprovalStatus[];
  to: ApprovalStatus;
}

/**
 * Every legal move of a request. A move is one conditional UPDATE; anything else is refused. An approved request can
 * be left again only while what was approved could not be done (its outcome is `failed`): a file in the way, a full
 * disk. Once it is done, or may be under way, the answer stands.
 */
export const approvalMoves = {
  /** A person agrees to exactly this revision. */
  approve: { from: ['waiting', 'changes-asked'], to: 'approved' },
  /** A person says no, for good. */
  reject: { from: ['waiting', 'changes-asked', 'approved'], to: 'rejected' },
  /** A person wants it otherwise. */
  'ask-changes': { from: ['waiting', 'changes-asked', 'approved'], to: 'changes-asked' },
  /** Whoever asked hands in a new revision. */
  revise: { from: ['waiting', 'changes-asked'], to: 'waiting' },
  /** A person writes the new revision. */
  edit: { from: ['waiting', 'changes-asked', 'approved'], to: 'waiting' },
  /** Whoever asked takes it back. */
  withdraw: { from: ['waiting', 'changes-asked'], to: 'withdrawn' },
} as const satisfies Record<string, Move>;

/** Name of a legal move. */
export type ApprovalMove = keyof typeof approvalMoves;

/** The moves that are a person's answer. */
export const decisions = ['approve', 'reject', 'ask-changes'] as const satisfies readonly ApprovalMove[];

/** A person's answer to a request. */
export type DecisionKind = (typeof decisions)[number];

/**
 * Every legal move of what became of an approved request. `done` never changes again; what failed may be tried again
 * and may fail again.
 */
export const outcomeMoves = {
  /** It is there. */
  finish: { from: ['pending', 'failed'], to: 'done' },
  /** It could not be done, for a reason. */
  fail: { from: ['pending', 'failed'], to: 'failed' },
  /** A person, or the next start, tries again. */
  'try-again': { from: ['failed'], to: 'pending' },
} as const satisfies Record<string, { from: readonly ApprovalOutcome[]; to: ApprovalOutcome }>;

/** Name of a legal move of an outcome. */
export type OutcomeMove = keyof typeof outcomeMoves;
