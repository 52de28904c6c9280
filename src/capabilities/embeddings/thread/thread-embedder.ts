import { AppError, type Clock } from '../../../kernel/index.ts';
import type { Embedder, EmbeddingKind } from '../embedder.ts';
import { embeddingErrors } from '../errors.ts';
import type { ThreadModel } from './messages.ts';
import { openThreadLink, type ThreadLink } from './thread-link.ts';

export interface ThreadEmbedderOptions extends Pick<Embedder, 'id' | 'label' | 'dimensions'> {
  model: ThreadModel;
  /** File of the thread's code. */
  entry: URL;
  /** How long an unused thread is kept, milliseconds. */
  idleMs: number;
  /** How long the thread may be silent while it has work, its start included, milliseconds. */
  silenceMs: number;
  clock: Clock;
}

interface PendingCall {
  vectors: Float32Array[];
  expected: number;
  settle: (outcome: Float32Array[] | Error) => void;
}

/**
 * An embedder whose model lives in a thread of its own: started by the first text, ended when idle, replaced after a
 * failure. Queries overtake passages.
 * Errors: `embeddings.thread_failed`, `embeddings.timed_out`, `embeddings.closed`, and what the model reports.
 */
export function openThreadEmbedder(options: ThreadEmbedderOptions): Embedder {
  const { id, label, dimensions, clock } = options;
  const calls = new Map<number, PendingCall>();
  let lastCall = 0;
  let link: ThreadLink | undefined;
  let nap = new AbortController();

  const end = async (why: Error) => {
    nap.abort();
    const ended = link;
    link = undefined;
    for (const call of [...calls.values()]) call.settle(why);
    await ended?.end();
  };
  /** Waits for what comes next: silence while there is work is a failure, without work it is the end of the thread. */
  const watch = () => {
    nap.abort();
    const own = (nap = new AbortController());
    const hasWork = calls.size > 0;
    link?.hold(hasWork);
    const limitMs = hasWork ? options.silenceMs : options.idleMs;
    const why = hasWork
      ? embeddingErrors.make('embeddings.timed_out', { label, limitMs })
      : embeddingErrors.make('embeddings.closed', { label });
    clock.sleep(limitMs, { signal: own.signal, unref: true }).then(
      () => (own === nap ? end(why) : undefined),
      () => undefined,
    );
  };
  const start = (): ThreadLink => {
    const started: ThreadLink = openThreadLink(options.entry, options.model, {
      message(message) {
        const call = calls.get(message.call);
        if (message.type === 'failed') call?.settle(new AppError(fieldsOf(message.error)));
        else if (call !== undefined && call.vectors.push(message.vector) === call.expected)
          call.settle(call.vectors);
        if (link === started) watch();
      },
      death(reason) {
        if (link === started) void end(embeddingErrors.make('embeddings.thread_failed', { label, reason }));
      },
    });
    return started;
  };

  const embed = (texts: readonly string[], kind: EmbeddingKind, signal: AbortSignal | undefined) =>
    new Promise<Float32Array[]>((resolve, reject) => {
      signal?.throwIfAborted();
      if (texts.length === 0) return resolve([]);
      const number = (lastCall += 1);
      const onAbort = () => {
        link?.send({ type: 'cancel', call: number });
        calls.get(number)!.settle(signal!.reason as Error);
        watch();
      };
      calls.set(number, {
        vectors: [],
        expected: texts.length,
        settle(outcome) {
          calls.delete(number);
          signal?.removeEventListener('abort', onAbort);
          if (outcome instanceof Error) reject(outcome);
          else resolve(outcome);
        },
      });
      signal?.addEventListener('abort', onAbort, { once: true });
      link ??= start();
      link.send({ type: 'embed', call: number, texts, kind });
      watch();
    });

  return {
    id,
    label,
    dimensions,
    embed: (texts, kind, { signal } = {}) => embed(texts, kind, signal),
    close: () => end(embeddingErrors.make('embeddings.closed', { label })),
  };
}

function fieldsOf({ retry_after_ms: retryAfterMs, ...fields }: ReturnType<AppError['toWire']>) {
  return { ...fields, retryAfterMs };
}
