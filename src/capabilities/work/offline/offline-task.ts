import type { Trade } from '../../analyzers/index.ts';
import type { ChangedLines } from '../scope/diff-lines.ts';
import type { Scope } from '../scope/scope-of-task.ts';

/** What the offline reviewer is told. */
export interface OfflineTask {
  persona: string;
  task: string;
  scope: Scope;
  /** Rule packs of the persona. */
  trades: readonly Trade[];
  /** Only these lines count: the context was a diff. */
  changed: ChangedLines | undefined;
  /** The context is text, which rules cannot read. */
  contextUnread: boolean;
}
