import type { NewEvent } from '../../kernel/index.ts';
import type { ContextOptions } from '../project-context.ts';

/** What the thread opens; given at its start. */
export type ThreadProject = Pick<ContextOptions, 'cwd' | 'project' | 'env' | 'flags'>;

/** What one side has committed, for the listeners of the other. */
interface Happened {
  type: 'event';
  event: NewEvent;
}

export type ToThread = Happened | { type: 'stop' };

export type FromThread = Happened;
