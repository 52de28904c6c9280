export {
  adoptInput,
  adoptOutput,
  createInput,
  generateInput,
  generateOutput,
  listInput,
  listOutput,
  nearDuplicate,
  proposalStates,
  proposeInput,
  proposeOutput,
  receipt,
} from './proposals.ts';
export type { ProposalState } from './proposals.ts';
