export {
  adoptInput,
  adoptOutput,
  createInput,
  createOutput,
  generateInput,
  generateOutput,
  listInput,
  listOutput,
  proposalStates,
  proposeInput,
  proposeOutput,
  receipt,
} from './proposals.ts';
export type { ProposalState } from './proposals.ts';
