import { setImmediate as nextTurn } from 'node:timers/promises';
import { counted, type AppError, type Clock } from '../../kernel/index.ts';
import type { Embedder } from '../embeddings/index.ts';
import type { SearchAnswer, SearchOptions, StandardsLibrary } from '../standards/index.ts';
import { AnswerCache } from './answer/answer-cache.ts';
import { answerQuestion } from './answer/answer-question.ts';
import { QuestionVectors, type QuestionVector } from './answer/question-vectors.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import { BackgroundEmbedding } from './indexing/background-embedding.ts';
import { IndexMirror } from './indexing/index-mirror.ts';
import { StoreHolder } from './indexing/store-holder.ts';
import { IndexKeeper } from './keep/index-keeper.ts';
import type { SearchSettings } from './settings.ts';
import { searchErrors } from './errors.ts';
import type { IndexReport, IndexStatus, RefreshOptions, StandardsIndex } from './standards-index.ts';
import { keeperLockOf, openStore, placeOf } from './store/open-store.ts';

/** What the index of a project is opened with. */
export interface StandardsIndexOptions {
  library: StandardsLibrary;
  /** Absolute: `.agent-os/.cache/standards.db`, or the same file in the user's folder for the project. */
  indexFile: string;
  /**
   * Opens the embedder when it is first needed; `undefined` when embeddings are off. The index closes it, and aborts the
   * signal when it ends before that is done.
   */
  embedder: (signal: AbortSignal) => Promise<Embedder | undefined>;
  clock: Clock;
  settings: SearchSettings;
  /** Told what is wrong with the index or with embeddings, and what to do about it. */
  onProblem: (problem: AppError) => void;
}

/** While nothing keeps the index, a search looks through the files itself, at most this often. */
const freshMs = 1_000;

/** Opens the index of a project's standards. Reads nothing before the first call. */
export async function openStandardsIndex(options: StandardsIndexOptions): Promise<StandardsIndex> {
  return new KeptStandardsIndex(options);
}

class KeptStandardsIndex implements StandardsIndex {
  readonly #options: StandardsIndexOptions;
  readonly #holder: StoreHolder;
  readonly #mirror: IndexMirror;
  readonly #vectors: QuestionVectors;
  readonly #embedding: BackgroundEmbedding;
  readonly #cache = new AnswerCache();
  #keeper: IndexKeeper | undefined;
  /** Whether the keeper has brought the index in step once: before that a search still looks itself. */
  #isInStep = false;
  #keeping: Promise<void> | undefined;
  #opened: Promise<void> | undefined;
  #lookedAt: number | undefined;
  /** Whether the model is loaded: it gave a question its vector. */
  #hasModel = false;

  constructor(options: StandardsIndexOptions) {
    const { library, clock, onProblem } = options;
    this.#options = options;
    this.#holder = new StoreHolder({
      place: placeOf(options.settings.store, options.indexFile),
      open: (onRebuild) => openStore({ ...options, kind: options.settings.store, onRebuild }),
      onProblem,
    });
    this.#mirror = new IndexMirror(library, this.#holder);
    this.#vectors = new QuestionVectors(options.embedder, clock);
    this.#embedding = new BackgroundEmbedding({
      catalogue: this.#mirror.catalogue,
      holder: this.#holder,
      embedder: () => this.#vectors.embedder(),
      clock,
      onProblem,
    });
  }

  async search(question: string, options: SearchOptions): Promise<SearchAnswer> {
    await this.#open();
    if (!this.#isInStep) await this.#lookIfOld();
    await this.#mirror.follow();
    const { catalogue } = this.#mirror;
    const { clock, settings } = this.#options;
    const state = `${catalogue.version} ${this.#holder.epoch} ${await this.#holder.use((store) => store.changeMarker())}`;
    const kept = this.#cache.get(question, options, state, clock.monotonicMs());
    if (kept !== undefined) return kept;
    const known = this.#vectors.kept(question);
    const coming = this.#vectorOf(question, known);
    // The question is on its way to the model's thread before the words are scored in this one.
    if (known === undefined) await nextTurn();
    const sources = { catalogue, holder: this.#holder, vector: coming };
    const { results, method } = await answerQuestion(question, options, sources);
    const vector = await coming;
    this.#embedding.need(results.map(({ id }) => id));
    const answer: SearchAnswer = {
      results,
      searched: catalogue.size,
      sections: catalogue.sections,
      method,
      methodNote: await this.#methodNote(vector, method),
      indexNote: this.#holder.note,
      skipped: [...this.#mirror.skipped],
      ...domainsInPlaceOf(options.domain, catalogue),
      cached: false,
      bytesOfAll: catalogue.bytes,
    };
    if (settings.keep === true) this.#keepFromNowOn();
    else if (this.#keeper === undefined) this.#embedding.start();
    // An answer without the vectors that are still to come is not kept: the next one is better.
    if (answer.methodNote === null || ('isLasting' in vector && vector.isLasting)) {
      this.#cache.set(question, options, state, { answer, until: clock.monotonicMs() + settings.cacheMs });
    }
    return answer;
  }

  async refresh(options: RefreshOptions = {}): Promise<IndexReport> {
    const startedAt = this.#options.clock.monotonicMs();
    await this.#open();
    options.signal?.throwIfAborted();
    const { put, removed, skipped } = await this.#look(options.onProgress);
    const { catalogue } = this.#mirror;
    this.#embedding.start();
    const durationMs = Math.round(this.#options.clock.monotonicMs() - startedAt);
    return { standards: catalogue.size, sections: catalogue.sections, put, removed, skipped, durationMs };
  }

  keep(): Promise<void> {
    this.#keeping ??= this.#keep();
    return this.#keeping;
  }

  /** Off the way of the answer: what goes wrong is told, and the next search tries again. */
  #keepFromNowOn(): void {
    if (this.#keeping !== undefined) return;
    this.keep().catch((error: unknown) => {
      this.#keeping = undefined;
      this.#options.onProblem(unread(error));
    });
  }

  async #keep(): Promise<void> {
    await this.#open();
    const { library, clock, settings, indexFile, onProblem } = this.#options;
    this.#keeper ??= new IndexKeeper({
      folder: library.folders.project,
      lockFile: keeperLockOf(indexFile),
      clock,
      rescanMs: settings.rescanMs,
      onProblem: (error) => onProblem(unread(error)),
      check: () => this.#holder.check(),
      reconcile: async () => {
        await this.#look();
        this.#embedding.start();
      },
    });
    await this.#keeper.start();
    // Another process keeps the index, and may not have got to the end of its first look.
    if (!this.#keeper.isKeeper) await this.#look();
    this.#isInStep = true;
  }

  embedded(options: RefreshOptions = {}): Promise<void> {
    return this.#embedding.finished(options);
  }

  async status(): Promise<IndexStatus> {
    await this.#open();
    await this.#mirror.follow();
    const { catalogue } = this.#mirror;
    const { embedded, waiting, model } = await this.#embedding.figures();
    return {
      standards: catalogue.size,
      sections: catalogue.sections,
      embedded,
      waiting,
      model,
      keeper: this.#keeper?.isKeeper ?? false,
      store: this.#holder.store.kind,
      sizeBytes: await this.#holder.use((store) => store.sizeBytes()),
      note: this.#holder.note,
    };
  }

  async close(): Promise<void> {
    await this.#keeping?.catch(() => undefined);
    await this.#keeper?.close();
    await this.#embedding.close(this.#hasModel ? (this.#options.settings.lingerMs ?? 0) : 0);
    await this.#vectors.close();
    await this.#holder.close();
  }

  #open(): Promise<void> {
    this.#opened ??= this.#holder.open().then(() => this.#mirror.follow());
    return this.#opened;
  }

  async #vectorOf(question: string, known: QuestionVector | undefined): Promise<QuestionVector> {
    const vector = known ?? (await this.#vectors.of(question, this.#options.settings.waitForModelMs));
    if ('vector' in vector) {
      this.#hasModel = true;
      await this.#embedding.takeShipped(vector.embedder);
    }
    return vector;
  }

  async #lookIfOld(): Promise<void> {
    const age = this.#lookedAt === undefined ? Infinity : this.#options.clock.monotonicMs() - this.#lookedAt;
    if (age >= freshMs) await this.#look();
  }

  async #look(onProgress?: RefreshOptions['onProgress']) {
    const report = await this.#mirror.reconcile(onProgress);
    this.#lookedAt = this.#options.clock.monotonicMs();
    return report;
  }

  async #methodNote(vector: QuestionVector, method: SearchAnswer['method']): Promise<string | null> {
    if ('why' in vector) return `by words only: ${vector.why}`;
    const { waiting } = await this.#embedding.figuresOf(vector.embedder);
    if (waiting === 0) return null;
    const still = `${counted(waiting, 'text')} ${waiting === 1 ? 'has' : 'have'} no vector yet`;
    return `${method === 'keyword' ? 'by words only: ' : ''}${still}; they are still being computed, \`troupe standards index\` does it now`;
  }
}

function unread(cause: unknown): AppError {
  const reason = (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, '');
  return searchErrors.make('search.files_unread', { reason }, { cause });
}

/** What the caller can ask for where they named a domain that no standard has. */
function domainsInPlaceOf(asked: string | undefined, catalogue: Catalogue): Pick<SearchAnswer, 'domains'> {
  if (asked === undefined) return {};
  const domains = new Set([...catalogue.entries()].map(({ record }) => record.domain));
  return domains.has(asked) ? {} : { domains: [...domains].sort() };
}
