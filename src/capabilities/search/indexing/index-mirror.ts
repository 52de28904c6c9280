import { setImmediate as nextTurn } from 'node:timers/promises';
import { isAppError } from '../../../kernel/index.ts';
import type { LibraryEntry, SkippedStandard, StandardsLibrary } from '../../standards/index.ts';
import { Catalogue } from '../catalogue/catalogue.ts';
import { recordOf } from '../catalogue/standard-record.ts';
import type { StoredStandard } from '../store/index-store.ts';
import type { StoreHolder } from './store-holder.ts';

/** What a look through the files found. */
export interface FilesReport {
  put: number;
  removed: number;
  skipped: readonly SkippedStandard[];
}

export interface FilesProgress {
  done: number;
  total: number;
}

/** Files taken in together: one transaction, and one turn of the event loop. */
const filesPerTurn = 20;

/**
 * The catalogue in memory, in step with the files and with the index. The files are the truth; the index spares reading them
 * and lets one process read for all.
 */
export class IndexMirror {
  readonly catalogue = new Catalogue();
  readonly #library: StandardsLibrary;
  readonly #holder: StoreHolder;
  readonly #stamps = new Map<string, string>();
  #skipped: readonly SkippedStandard[] = [];
  #marker: string | undefined;
  #generation = 0;
  #epoch = 0;
  /** Epoch of the store that has all that this process knows. */
  #writtenTo: number | undefined;
  #hasRead = false;
  #reconciling: Promise<FilesReport> | undefined;

  constructor(library: StandardsLibrary, holder: StoreHolder) {
    this.#library = library;
    this.#holder = holder;
  }

  get skipped(): readonly SkippedStandard[] {
    return this.#skipped;
  }

  /** Takes over what other processes wrote since the last time. Cheap when they wrote nothing. */
  async follow(): Promise<void> {
    const marker = await this.#holder.use((store) => store.changeMarker());
    if (marker === this.#marker && this.#epoch === this.#holder.epoch) return;
    if (this.#epoch !== this.#holder.epoch) {
      this.#epoch = this.#holder.epoch;
      this.#generation = 0;
    }
    const { epoch } = this.#holder;
    const changes = await this.#holder.use((store) => store.changesSince(this.#generation));
    if (epoch !== this.#holder.epoch) return this.follow();
    for (const [index, stored] of changes.put.entries()) {
      this.#take(stored);
      if (index % filesPerTurn === filesPerTurn - 1) await nextTurn();
    }
    for (const id of changes.removed) {
      if (!this.#isOwn(id)) this.#remove(id);
    }
    this.#generation = changes.generation;
    this.#marker = marker;
  }

  /** Looks through the files and takes in what changed. Calls that overlap share one look. */
  reconcile(onProgress?: (progress: FilesProgress) => void): Promise<FilesReport> {
    this.#reconciling ??= this.#reconcile(onProgress).finally(() => {
      this.#reconciling = undefined;
    });
    return this.#reconciling;
  }

  async #reconcile(onProgress: ((progress: FilesProgress) => void) | undefined): Promise<FilesReport> {
    await this.follow();
    this.#writtenTo ??= this.#epoch;
    const { entries, skipped } = await this.#library.list();
    const unreadable: SkippedStandard[] = [];
    const changed = entries.filter((entry) => this.#stamps.get(entry.id) !== stampOf(entry));
    const present = new Set(entries.map(({ id }) => id));
    const removed = [...this.catalogue.entries()]
      .map(({ record }) => record.id)
      .filter((id) => !present.has(id));
    for (const id of removed) this.#remove(id);
    if (removed.length > 0) await this.#write({ put: [], removed });
    for (let start = 0; start < changed.length; start += filesPerTurn) {
      const batch = changed.slice(start, start + filesPerTurn);
      await this.#write({ put: await this.#readAll(batch, unreadable), removed: [] });
      onProgress?.({ done: Math.min(start + filesPerTurn, changed.length), total: changed.length });
      await nextTurn();
    }
    await this.#writeWhatIsMissing();
    this.#hasRead = true;
    this.#skipped = [...skipped, ...unreadable];
    return { put: changed.length - unreadable.length, removed: removed.length, skipped: this.#skipped };
  }

  async #readAll(entries: readonly LibraryEntry[], unreadable: SkippedStandard[]): Promise<StoredStandard[]> {
    const read: StoredStandard[] = [];
    // Opened side by side: most of a small file's time is spent waiting for it.
    const found = await Promise.allSettled(entries.map((entry) => this.#library.read(entry)));
    for (const [index, outcome] of found.entries()) {
      const entry = entries[index]!;
      if (outcome.status === 'fulfilled') {
        const { text, document, approval } = outcome.value;
        const record = recordOf({ ...entry, approval }, document, Buffer.byteLength(text));
        const stored = { record, stamp: stampOf(entry) };
        read.push(stored);
        this.#put(stored);
        continue;
      }
      const error: unknown = outcome.reason;
      if (!isAppError(error)) throw error;
      // Deleted since it was listed, or no longer readable as a standard: it is not found, and said to be left out.
      if (error.code !== 'files.not_found') unreadable.push({ file: entry.file, reason: error.message });
      this.#remove(entry.id);
      await this.#write({ put: [], removed: [entry.id] });
    }
    return read;
  }

  /** After a store was replaced, the new one gets what this process knows. */
  async #writeWhatIsMissing(): Promise<void> {
    if (this.#writtenTo === this.#holder.epoch) return;
    await this.follow();
    this.#writtenTo = this.#epoch;
    const missing = [...this.catalogue.entries()].map(({ record }) => ({
      record,
      stamp: this.#stamps.get(record.id) ?? '',
    }));
    await this.#write({ put: missing, removed: [] });
  }

  async #write(changes: { put: readonly StoredStandard[]; removed: readonly string[] }): Promise<void> {
    if (changes.put.length + changes.removed.length === 0) return;
    await this.#holder.use((store) => store.write(changes));
  }

  #take(stored: StoredStandard): void {
    if (!this.#isOwn(stored.record.id) && this.#stamps.get(stored.record.id) !== stored.stamp)
      this.#put(stored);
  }

  /** Shipped standards belong to the installation: where two run side by side, each keeps to what it read itself. */
  #isOwn(id: string): boolean {
    return this.#hasRead && this.catalogue.get(id)?.record.layer === 'universal';
  }

  #put(stored: StoredStandard): void {
    const { record, stamp } = stored;
    this.#stamps.set(record.id, stamp);
    // A file that was only touched changes nothing, and answers that are kept stay good.
    const before = this.catalogue.get(record.id)?.record;
    if (before === undefined || JSON.stringify(before) !== JSON.stringify(record)) this.catalogue.put(record);
  }

  #remove(id: string): void {
    this.#stamps.delete(id);
    this.catalogue.remove(id);
  }
}

const stampOf = ({ version, approval, layer, file }: LibraryEntry) =>
  `${version}|${approval}|${layer}|${file}`;
