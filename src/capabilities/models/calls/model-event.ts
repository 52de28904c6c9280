import type { CallUsage } from '../budget/usage.ts';

/** What happens while a model is called; for logs, metrics and progress. Never holds a prompt, an answer or a key. */
export type ModelEvent =
  | {
      type: 'attempt_failed';
      link: string;
      attempt: number;
      code: string;
      message: string;
      retryInMs: number | undefined;
    }
  | { type: 'circuit_opened'; link: string; openMs: number }
  | { type: 'link_skipped'; link: string; code: string }
  /** The provider's library could not pass these on: settings, or parts that only another provider understands. */
  | { type: 'not_passed_on'; link: string; what: readonly string[] }
  | { type: 'call_finished'; link: string; durationMs: number; usage: CallUsage; costUsd: number }
  | { type: 'call_failed'; link: string; durationMs: number; code: string; usage: CallUsage | undefined };
