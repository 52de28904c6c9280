import type { StandardDocument, StandardsLibrary, StandardsSearch } from '../../standards/index.ts';
import { proposalErrors } from '../errors.ts';
import type { DraftFacts } from '../store/proposal.ts';
import type { CheckedText } from './check-proposal.ts';
import { findNearDuplicates } from './near-duplicates.ts';

/** Runs a draft's `check:` over the project as it is: how many places it flags, and which of its rules cannot run. */
export type TryCheck = (draft: {
  id: string;
  document: StandardDocument;
  text: string;
}) => Promise<{ places: number; problems: readonly { check: string; reason: string }[] }>;

/** Where the facts about a draft come from; each is asked only when a draft has passed the checks of its text. */
export interface DraftSources {
  search: () => Promise<StandardsSearch>;
  library: () => Promise<StandardsLibrary>;
  tryCheck: TryCheck;
  /** Hears why a fact could not be had; the proposal goes on without. */
  onProblem: (error: unknown) => void;
}

/**
 * What a person should know of a draft before deciding: the standards near to it, and how many places it flags now.
 * Errors: `proposals.incomplete` for rules of its `check:` that cannot run.
 */
export async function lookAtDraft(
  sources: DraftSources,
  id: string,
  { document, text }: CheckedText,
): Promise<DraftFacts> {
  const duplicates = await nearTo(sources, id, document);
  if (document.checks.length === 0) return { duplicates, flaggedPlaces: null };
  const trial = await sources.tryCheck({ id, document, text }).catch(orNull(sources));
  const problems = (trial?.problems ?? []).map(({ check, reason }) => `check ${check}: ${bare(reason)}`);
  if (problems.length > 0) throw proposalErrors.make('proposals.incomplete', { id, problems });
  return { duplicates, flaggedPlaces: trial?.places ?? null };
}

/** The standards near to a text that is to have this id; `null` where they could not be looked for. Errors: none. */
export async function nearTo(
  sources: Omit<DraftSources, 'tryCheck'>,
  id: string,
  document: StandardDocument,
): Promise<DraftFacts['duplicates']> {
  return Promise.all([sources.search(), sources.library()])
    .then(([search, library]) => findNearDuplicates({ search, library }, id, document))
    .catch(orNull(sources));
}

const orNull =
  ({ onProblem }: Pick<DraftSources, 'onProblem'>) =>
  (error: unknown) => {
    onProblem(error);
    return null;
  };

const bare = (sentence: string) => sentence.replace(/\.$/, '');
