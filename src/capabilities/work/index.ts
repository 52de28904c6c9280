import { invokePersona } from './operations/invoke-persona.ts';
import { readFindings } from './operations/read-findings.ts';

/** Every use case of personas at work; doors derive from this list. */
export const workOperations = [invokePersona, readFindings] as const;

export { workErrors } from './errors.ts';
export type { WorkDeps } from './operations/invoke-persona.ts';
export { reviewRunner } from './run-review.ts';
export { personaReviser } from './operations/revise-proposal.ts';
export { taskFromFolder } from './scope/task-from-folder.ts';
export { jobDrafts } from './patterns/drafts-from-job.ts';
export type { DraftingDeps } from './patterns/drafts-from-job.ts';
export { personaProposals } from './standards/persona-proposals.ts';
export type { EarlierProposal, PersonaProposals } from './standards/persona-proposals.ts';
export type { OpenedModel, WorkerDeps, WorkSettings } from './run-review.ts';
