import { adoptStandards } from './operations/adopt-standards.ts';
import { createProjectStandard } from './operations/create-standard.ts';
import { generateStandards } from './operations/generate-standards.ts';
import { listProposals } from './operations/list-proposals.ts';
import { proposeStandard } from './operations/propose-standard.ts';

/** Every use case on proposals; doors derive from this list. */
export const proposalOperations = [
  createProjectStandard,
  listProposals,
  proposeStandard,
  generateStandards,
  adoptStandards,
] as const;

export { retirementNote } from './adoption/retirement-note.ts';
export { proposalErrors } from './errors.ts';
export { proposalMigrations } from './migrations/index.ts';
export type { LanguageDrafts, ProposalDeps } from './operations/proposal-deps.ts';
export { openProposalDesk, standardKindName } from './desk/proposal-desk.ts';
export type { ProposalDesk, ProposalDeskOptions, ProposalReceipt } from './desk/proposal-desk.ts';
export type { ProposalInput } from './desk/proposal-input.ts';
export type { DraftSources, TryCheck } from './checks/draft-facts.ts';
export { standardKind } from './desk/standard-kind.ts';
export type { RevisionWanted, StandardKindOptions } from './desk/standard-kind.ts';
export { sqlProposalStore } from './store/sql-proposal-store.ts';
export type { NearDuplicate, Proposal, ProposalRevision } from './store/proposal.ts';
export type { ProposalStore } from './store/proposal-store.ts';
