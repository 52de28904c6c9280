import type { Evidence, Trade } from '../../analyzers/index.ts';
import type { ChangedLines } from '../scope/diff-lines.ts';
import type { Scope } from '../scope/scope-of-task.ts';
import type { DraftedStandard } from '../standards/draft.ts';

/** What the offline reviewer is told. */
export interface OfflineTask {
  persona: string;
  task: string;
  scope: Scope;
  /** What its persona's checks name and nobody ships, in words; `undefined` where there is none. */
  notJudged: string | undefined;
  /** Rule packs of the persona. */
  trades: readonly Trade[];
  /** Only these lines count: the context was a diff. */
  changed: ChangedLines | undefined;
  /** The context is text, which rules cannot read. */
  contextUnread: boolean;
  /** What to do about the pattern that is most worth a standard; `undefined` when there is none. */
  draft: (results: readonly Evidence[]) => Promise<OfflineDraft>;
}

/** A standard to propose, or what to say of a pattern that is left to a person. */
export type OfflineDraft = { draft: DraftedStandard } | { left: string } | undefined;
