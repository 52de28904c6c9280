import { rm, stat } from 'node:fs/promises';
import { isAppError } from '../../../kernel/index.ts';
import type { IndexStore } from '../store/index-store.ts';
import { openMemoryIndexStore } from '../store/memory-index-store.ts';

export interface StoreHolderOptions {
  /** Absolute path of the index: a file, or a folder for LanceDB. */
  place: string;
  open: (onRebuild: (reason: string) => void) => Promise<IndexStore>;
  /** Told in words what happened to the index; for the log. */
  onProblem: (message: string) => void;
}

/**
 * The store in use. A damaged index is deleted and made anew; where it cannot be used at all, this process keeps its own in
 * memory and tries again with `check`. A search never fails for it.
 */
export class StoreHolder {
  readonly #options: StoreHolderOptions;
  #store: IndexStore | undefined;
  #inode: number | undefined;
  #note: string | null = null;
  #epoch = 0;

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
    return this.#note;
  }

  async open(): Promise<void> {
    await this.#reopen(null);
  }

  /** Runs an action on the store, and once more on its successor when the store fails. */
  async use<T>(action: (store: IndexStore) => Promise<T>): Promise<T> {
    const { store } = this;
    try {
      return await action(store);
    } catch (error) {
      if (!isAppError(error)) throw error;
      if (this.#store === store) await this.#replace(error);
      return action(this.store);
    }
  }

  /** Whether the index is still the file that lies there; opens the one that is. For regular calls. */
  async check(): Promise<void> {
    const isGone = this.#inode !== undefined && (await inodeOf(this.#options.place)) !== this.#inode;
    if (isGone || this.#store?.kind === 'memory') await this.#reopen(isGone ? null : this.#note);
  }

  async close(): Promise<void> {
    await this.#store?.close();
  }

  async #replace(error: Error): Promise<void> {
    if (isDamage(error)) {
      await this.#store?.close().catch(() => undefined);
      await removeIndex(this.#options.place);
      await this.#reopen(`The index was damaged and is made anew.`);
    } else await this.#fallBack(error);
  }

  async #reopen(note: string | null): Promise<void> {
    let rebuilt = note;
    try {
      const store = await this.#options
        .open((reason) => (rebuilt = `The index is made anew: ${reason}.`))
        .catch(async (error: unknown) => {
          if (!isDamage(error)) throw error;
          await removeIndex(this.#options.place);
          rebuilt = 'The index was damaged and is made anew.';
          return this.#options.open(() => undefined);
        });
      const before = this.#store;
      this.#store = store;
      this.#epoch += 1;
      this.#inode = await inodeOf(this.#options.place);
      // What a memory store had to say is over once the file is back.
      this.#say(before?.kind === 'memory' && rebuilt === this.#note ? null : rebuilt);
      await before?.close().catch(() => undefined);
    } catch (error) {
      if (!isAppError(error)) throw error;
      if (this.#store?.kind !== 'memory') await this.#fallBack(error);
    }
  }

  async #fallBack(error: Error): Promise<void> {
    const before = this.#store;
    this.#store = openMemoryIndexStore();
    this.#epoch += 1;
    this.#inode = undefined;
    this.#say(`The index is kept in memory only: ${error.message}`);
    await before?.close().catch(() => undefined);
  }

  #say(note: string | null): void {
    if (note !== null && note !== this.#note) this.#options.onProblem(note);
    this.#note = note;
  }
}

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
