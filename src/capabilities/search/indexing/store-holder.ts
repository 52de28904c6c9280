import { rm, stat } from 'node:fs/promises';
import { isAppError, type AppError } from '../../../kernel/index.ts';
import { searchErrors } from '../errors.ts';
import type { IndexStore } from '../store/index-store.ts';
import { openMemoryIndexStore } from '../store/memory-index-store.ts';

export interface StoreHolderOptions {
  /** Absolute path of the index: a file, or a folder for LanceDB. */
  place: string;
  open: (onRebuild: (reason: string) => void) => Promise<IndexStore>;
  /** Told what happened to the index. */
  onProblem: (problem: AppError) => void;
}

/**
 * The store in use. A damaged index is deleted and made anew; where it cannot be used at all, this process keeps its own in
 * memory and tries again with `check`. A search never fails for it.
 */
export class StoreHolder {
  readonly #options: StoreHolderOptions;
  #store: IndexStore | undefined;
  #inode: number | undefined;
  #problem: AppError | undefined;
  #epoch = 0;
  /** The last change of the store in line; the next waits for it. */
  #turns: Promise<unknown> = Promise.resolve();
  /** While a damaged store is closed and its successor not open yet: nothing can be done with either. */
  #replacing: Promise<void> | undefined;

  constructor(options: StoreHolderOptions) {
    this.#options = options;
  }

  get store(): IndexStore {
    this.#store ??= openMemoryIndexStore();
    return this.#store;
  }

  /** Counts with every store that was opened: what was known about the former holds no longer. */
  get epoch(): number {
    return this.#epoch;
  }

  /** What a person should know; `null` when all is well. */
  get note(): string | null {
    return this.#problem?.message ?? null;
  }

  async open(): Promise<void> {
    await this.#reopen(undefined);
  }

  /** Runs an action on the store, and once more on its successor when the store fails or is replaced meanwhile. */
  async use<T>(action: (store: IndexStore) => Promise<T>): Promise<T> {
    if (this.#replacing !== undefined) await this.#replacing;
    const { store } = this;
    try {
      return await action(store);
    } catch (error) {
      // One that was replaced meanwhile was closed under the action, whatever that says then.
      if (this.#store === store && this.#replacing === undefined) {
        if (!isAppError(error)) throw error;
        this.#replacing = this.#inTurn(() => this.#replace(store, error)).finally(() => {
          this.#replacing = undefined;
        });
      }
      await this.#replacing;
      return action(this.store);
    }
  }

  /** Whether the index is still the file that lies there; opens the one that is. For regular calls. */
  check(): Promise<void> {
    return this.#inTurn(async () => {
      const isGone = this.#inode !== undefined && (await inodeOf(this.#options.place)) !== this.#inode;
      if (isGone || this.#store?.kind === 'memory') await this.#reopen(isGone ? undefined : this.#problem);
    });
  }

  async close(): Promise<void> {
    await this.#turns;
    await this.#store?.close();
  }

  #inTurn(change: () => Promise<void>): Promise<void> {
    const turn = this.#turns.then(change);
    this.#turns = turn.catch(() => undefined);
    return turn;
  }

  async #replace(failed: IndexStore, error: AppError): Promise<void> {
    if (this.#store !== failed) return;
    if (isDamage(error)) {
      await failed.close().catch(() => undefined);
      await removeIndex(this.#options.place);
      await this.#reopen(rebuiltFor('it was damaged'));
    } else await this.#fallBack(error);
  }

  async #reopen(problem: AppError | undefined): Promise<void> {
    let rebuilt = problem;
    try {
      const store = await this.#options
        .open((reason) => (rebuilt = rebuiltFor(reason)))
        .catch(async (error: unknown) => {
          if (!isDamage(error)) throw error;
          await removeIndex(this.#options.place);
          rebuilt = rebuiltFor('it was damaged');
          return this.#options.open(() => undefined);
        });
      const before = this.#store;
      this.#store = store;
      this.#epoch += 1;
      this.#inode = await inodeOf(this.#options.place);
      // What a memory store had to say is over once the file is back.
      this.#say(before?.kind === 'memory' && rebuilt === this.#problem ? undefined : rebuilt);
      await before?.close().catch(() => undefined);
    } catch (error) {
      if (!isAppError(error)) throw error;
      if (this.#store?.kind !== 'memory') await this.#fallBack(error);
    }
  }

  async #fallBack(error: AppError): Promise<void> {
    const before = this.#store;
    this.#store = openMemoryIndexStore();
    this.#epoch += 1;
    this.#inode = undefined;
    const { message: reason, remedy } = error;
    this.#say(searchErrors.make('search.index_in_memory', { reason, remedy }, { cause: error }));
    await before?.close().catch(() => undefined);
  }

  #say(problem: AppError | undefined): void {
    if (problem !== undefined && problem.message !== this.#problem?.message) this.#options.onProblem(problem);
    this.#problem = problem;
  }
}

const rebuiltFor = (reason: string) => searchErrors.make('search.index_rebuilt', { reason });

const isDamage = (error: unknown) =>
  isAppError(error, 'database.corrupted') || isAppError(error, 'search.index_damaged');

async function inodeOf(place: string): Promise<number | undefined> {
  return stat(place).then(
    ({ ino }) => ino,
    () => undefined,
  );
}

async function removeIndex(place: string): Promise<void> {
  for (const suffix of ['', '-wal', '-shm', '-journal']) {
    await rm(place + suffix, { recursive: true, force: true, maxRetries: 2 }).catch(() => undefined);
  }
}
