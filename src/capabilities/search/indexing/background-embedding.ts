import { isAppError, type AppError, type Clock } from '../../../kernel/index.ts';
import type { Embedder } from '../../embeddings/index.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { searchErrors } from '../errors.ts';
import { embedPassages, modelOf, takeShipped, unlessAborted } from './embed-passages.ts';
import type { StoreHolder } from './store-holder.ts';

export interface BackgroundEmbeddingOptions {
  catalogue: Catalogue;
  holder: StoreHolder;
  embedder: () => Promise<Embedder | undefined>;
  clock: Clock;
  onProblem: (problem: AppError) => void;
}

/** After a failure the embedder is left alone so long. */
const restMs = 30_000;
const maxNeeded = 100;

type Progress = (progress: { done: number; total: number }) => void;

/** Embeds in the background what has no vector yet; one run at a time. */
export class BackgroundEmbedding {
  readonly #options: BackgroundEmbeddingOptions;
  readonly #end = new AbortController();
  readonly #needed = new Set<string>();
  readonly #listeners = new Set<Progress>();
  #run: Promise<void> | undefined;
  #failedAt: number | undefined;
  #embedder: Embedder | undefined;
  #figures: { state: string; embedded: number; waiting: number } | undefined;
  #shipped: string | undefined;
  #done: { embedder: string; version: number; epoch: number } | undefined;

  constructor(options: BackgroundEmbeddingOptions) {
    this.#options = options;
  }

  /** These standards were shown: what they still lack comes first. */
  need(ids: readonly string[]): void {
    for (const id of ids) {
      this.#needed.delete(id);
      this.#needed.add(id);
    }
    for (const id of this.#needed) if (this.#needed.size > maxNeeded) this.#needed.delete(id);
  }

  /**
   * Takes in the vectors that ship with Troupe, once for each state of the catalogue: already the first answer goes by
   * them. Never throws; what cannot be read here, the run in the background tries again and tells of.
   */
  async takeShipped(embedder: Embedder): Promise<void> {
    const { catalogue, holder } = this.#options;
    const state = `${embedder.id} ${catalogue.version} ${holder.epoch}`;
    if (this.#shipped === state) return;
    this.#shipped = state;
    await takeShipped(holder, modelOf(embedder), [...catalogue.passages()]).catch(() => undefined);
  }

  /** Begins unless it runs, rests after a failure, or has nothing new to do. Never throws. */
  start(): void {
    const { clock, onProblem } = this.#options;
    if (this.#failedAt !== undefined && clock.monotonicMs() - this.#failedAt < restMs) return;
    this.#begin().catch((error: unknown) => {
      if (this.#end.signal.aborted) return;
      this.#failedAt = clock.monotonicMs();
      onProblem(wordsOnly(error));
    });
  }

  async finished({
    signal,
    onProgress,
  }: { signal?: AbortSignal | undefined; onProgress?: Progress | undefined } = {}): Promise<void> {
    signal?.throwIfAborted();
    if (onProgress !== undefined) this.#listeners.add(onProgress);
    try {
      await unlessAborted(this.#begin(), signal);
    } finally {
      if (onProgress !== undefined) this.#listeners.delete(onProgress);
    }
  }

  /** How many texts have their vector, and how many wait for it; none of either while no embedder is open. */
  async figures(): Promise<{ embedded: number; waiting: number; model: string | null }> {
    if (this.#embedder === undefined) return { embedded: 0, waiting: 0, model: null };
    return { ...(await this.figuresOf(this.#embedder)), model: this.#embedder.label };
  }

  async figuresOf(embedder: Embedder): Promise<{ embedded: number; waiting: number }> {
    const { catalogue, holder } = this.#options;
    const model = modelOf(embedder);
    const state = `${model.id} ${catalogue.version} ${holder.epoch} ${await holder.use((store) => store.changeMarker())}`;
    if (this.#figures?.state !== state) {
      const all = [...catalogue.passages()];
      const waiting = (await holder.use((store) => store.withoutVector(model, all))).length;
      this.#figures = { state, waiting, embedded: all.length - waiting };
    }
    return this.#figures;
  }

  /** Gives a run under way up to `lingerMs` to come to its end. */
  async close(lingerMs: number): Promise<void> {
    if (this.#run !== undefined && lingerMs > 0) {
      const ended = new AbortController();
      const tooLong = this.#options.clock.sleep(lingerMs, { signal: ended.signal }).catch(() => undefined);
      await Promise.race([this.#run.catch(() => undefined), tooLong]);
      ended.abort();
    }
    this.#end.abort();
    await this.#run?.catch(() => undefined);
  }

  #begin(): Promise<void> {
    this.#run ??= this.#embed().finally(() => {
      this.#run = undefined;
    });
    return this.#run;
  }

  async #embed(): Promise<void> {
    const { catalogue, holder } = this.#options;
    const embedder = await unlessAborted(this.#options.embedder(), this.#end.signal);
    this.#embedder = embedder;
    if (embedder === undefined) return;
    const { version } = catalogue;
    const { epoch } = holder;
    if (this.#done?.embedder === embedder.id && this.#done.version === version && this.#done.epoch === epoch)
      return;
    const onProgress: Progress = (progress) => {
      for (const listener of this.#listeners) listener(progress);
    };
    await embedPassages({
      catalogue,
      holder,
      embedder,
      needed: this.#needed,
      signal: this.#end.signal,
      onProgress,
    });
    this.#failedAt = undefined;
    this.#done = { embedder: embedder.id, version: catalogue.version, epoch: holder.epoch };
  }
}

function wordsOnly(cause: unknown): AppError {
  const reason = (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, '');
  const remedy = isAppError(cause)
    ? cause.remedy
    : 'A later search tries it again; embeddings.model: off does without.';
  return searchErrors.make('search.words_only', { reason, remedy }, { cause });
}
