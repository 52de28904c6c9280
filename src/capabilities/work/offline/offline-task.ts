import type { Evidence, Trade } from '../../analyzers/index.ts';
import type { JobMaterial } from '../scope/material-of-job.ts';
import type { DraftedStandard } from '../standards/draft.ts';

/** What the offline reviewer is told. */
export interface OfflineTask {
  persona: string;
  /** Its file, and what it could run as the persona does that it replaces; `undefined` where that is not the reason. */
  withoutChecks: { path: string; checks: readonly string[] } | undefined;
  /** The personas of this project that rules stand for. */
  personasWithRules: () => Promise<readonly string[]>;
  task: string;
  material: Pick<
    JobMaterial,
    'scope' | 'lines' | 'linesAre' | 'nothing' | 'notJudged' | 'unread' | 'isInProject' | 'listing'
  >;
  /** What its persona's checks name and nobody ships, in words; `undefined` where there is none. */
  notJudged: string | undefined;
  /** Rule packs of the persona. */
  trades: readonly Trade[];
  /** There is a context, and it is neither a diff nor the code in scope: rules cannot read it. */
  contextUnread: boolean;
  /** What to do about the pattern that is most worth a standard; `undefined` when there is none. */
  draft: (results: readonly Evidence[]) => Promise<OfflineDraft>;
}

/** A standard to propose, or what to say of a pattern that is left to a person. */
export type OfflineDraft = { draft: DraftedStandard } | { left: string } | undefined;
