import type { Clock } from '../../../kernel/index.ts';
import type { Embedder } from '../../embeddings/index.ts';

/** A question's vector; or why there is none, and whether that stays so. */
export type QuestionVector = { embedder: Embedder; vector: Float32Array } | { why: string; isLasting?: true };

/** After a failure the embedder is left alone so long: a server that is down must not slow every search. */
const restMs = 30_000;
const maxKept = 256;

/** Vectors of questions, the last ones kept. Never waits longer than it is told, and never fails. */
export class QuestionVectors {
  readonly #open: (signal: AbortSignal) => Promise<Embedder | undefined>;
  readonly #clock: Clock;
  readonly #kept = new Map<string, Float32Array>();
  readonly #underWay = new Map<string, Promise<QuestionVector>>();
  readonly #end = new AbortController();
  #opened: Promise<Embedder | undefined> | undefined;
  #embedder: Embedder | undefined;
  #failed: { at: number; why: string } | undefined;

  constructor(open: (signal: AbortSignal) => Promise<Embedder | undefined>, clock: Clock) {
    this.#open = open;
    this.#clock = clock;
  }

  /** The embedder, opened once; a failure to open it is tried again later. Errors: those of opening it. */
  embedder(): Promise<Embedder | undefined> {
    this.#opened ??= this.#open(this.#end.signal).catch((error: unknown) => {
      this.#opened = undefined;
      throw error;
    });
    return this.#opened;
  }

  /** The vector of a question that was asked lately. */
  kept(question: string): QuestionVector | undefined {
    const embedder = this.#embedder;
    if (embedder === undefined) return undefined;
    const key = keyOf(embedder, question);
    const vector = this.#kept.get(key);
    if (vector === undefined) return undefined;
    this.#keep(key, vector);
    return { embedder, vector };
  }

  async of(question: string, waitMs: number): Promise<QuestionVector> {
    const { at, why } = this.#failed ?? {};
    if (at !== undefined && why !== undefined && this.#clock.monotonicMs() - at < restMs) return { why };
    const waiting = new AbortController();
    const tooLong = this.#clock
      .sleep(waitMs, { signal: waiting.signal, unref: true })
      .then((): QuestionVector => ({ why: 'the embedding model is not ready yet' }));
    tooLong.catch(() => undefined);
    try {
      return await Promise.race([this.#start(question), tooLong]);
    } finally {
      waiting.abort();
    }
  }

  /** What was begun goes on when nobody waits any more: the next search has the model loaded. */
  #start(question: string): Promise<QuestionVector> {
    let started = this.#underWay.get(question);
    if (started === undefined) {
      started = this.#embed(question)
        .catch((error: unknown): QuestionVector => {
          const what = error instanceof Error ? error.message : String(error);
          const reason = `embeddings failed: ${what.replace(/\.$/, '')}`;
          this.#failed = { at: this.#clock.monotonicMs(), why: reason };
          return { why: reason };
        })
        .finally(() => this.#underWay.delete(question));
      this.#underWay.set(question, started);
    }
    return started;
  }

  async #embed(question: string): Promise<QuestionVector> {
    const embedder = await this.embedder();
    if (embedder === undefined) return { why: 'embeddings are off (embeddings.model)', isLasting: true };
    this.#embedder = embedder;
    const { signal } = this.#end;
    const key = keyOf(embedder, question);
    const vector = this.#kept.get(key) ?? (await embedder.embed([question], 'query', { signal }))[0]!;
    this.#keep(key, vector);
    return { embedder, vector };
  }

  /** Gives up what is under way and closes the embedder: nothing of it keeps the process alive. Idempotent. */
  async close(): Promise<void> {
    this.#end.abort();
    const embedder = await this.#opened?.catch(() => undefined);
    await embedder?.close();
  }

  #keep(key: string, vector: Float32Array): void {
    this.#kept.delete(key);
    this.#kept.set(key, vector);
    if (this.#kept.size > maxKept) this.#kept.delete(this.#kept.keys().next().value!);
  }
}

const keyOf = ({ id }: Embedder, question: string) => `${id}\n${question}`;
