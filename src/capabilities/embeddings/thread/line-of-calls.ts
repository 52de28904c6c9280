import type { EmbeddingKind } from '../embedder.ts';
import type { ToThread } from './messages.ts';

/** One text that waits for its vector. */
export interface WaitingText {
  call: number;
  text: string;
}

/** What a thread has to do. */
export interface LineOfCalls {
  /** Takes a message in. */
  take(message: ToThread): void;
  /** The next text of a kind, taken out; `undefined` when none waits. */
  next(kind: EmbeddingKind): WaitingText | undefined;
  /** Forgets what is left of a call. */
  drop(call: number): void;
}

export function openLineOfCalls(): LineOfCalls {
  const waiting: Record<EmbeddingKind, WaitingText[]> = { query: [], passage: [] };
  const drop = (call: number) => {
    waiting.query = waiting.query.filter((one) => one.call !== call);
    waiting.passage = waiting.passage.filter((one) => one.call !== call);
  };
  return {
    take(message) {
      if (message.type === 'cancel') return drop(message.call);
      const { call, texts, kind } = message;
      for (const text of texts) waiting[kind].push({ call, text });
    },
    next: (kind) => waiting[kind].shift(),
    drop,
  };
}
