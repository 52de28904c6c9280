import type { Database } from '../../../../platform/database/index.ts';
import { searchErrors } from '../../errors.ts';
import { isOfUnitLength, quantise } from '../../vectors/quantised.ts';
import { VectorScan } from '../../vectors/vector-scan.ts';
import type { PassageVector, VectorModel } from '../index-store.ts';

const unusedModelMs = 14 * 86_400_000;
const rowsPerRead = 500;

/** The vectors of the model in use, in memory as far as they were read. */
interface Loaded {
  model: string;
  scan: VectorScan;
  /** Number of the last row read. */
  upTo: number;
  /** How often vectors had been forgotten by then; more often means reading all anew. */
  forgotten: number;
  marker: string;
}

interface VectorRow {
  number: number;
  passage: string;
  scale: number;
  numbers: Uint8Array;
}

/** Vectors in a table, a byte a number, and a copy in memory that follows it. */
export class SqliteVectors {
  readonly #database: Database;
  readonly #index: string;
  #loaded: Loaded | undefined;
  #loading: Promise<VectorScan> | undefined;

  /** `index` is what people call the file. */
  constructor(database: Database, index: string) {
    this.#database = database;
    this.#index = index;
  }

  async withoutVector({ id }: VectorModel, passages: readonly string[]): Promise<string[]> {
    const rows = await this.#database.all<{ passage: string }>(
      'SELECT passage FROM vectors WHERE model = ?',
      [id],
    );
    const held = new Set(rows.map(({ passage }) => passage));
    return passages.filter((passage) => !held.has(passage));
  }

  async count({ id }: VectorModel): Promise<number> {
    const row = await this.#database.get<{ count: number }>(
      'SELECT count(*) AS count FROM vectors WHERE model = ?',
      [id],
    );
    return row!.count;
  }

  put({ id }: VectorModel, vectors: readonly PassageVector[]): Promise<void> {
    return this.#database.transaction(async (tx) => {
      await tx.run(
        'INSERT INTO models (id, used_at) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET used_at = excluded.used_at',
        [id, Date.now()],
      );
      for (const { passage, vector } of vectors) {
        const { scale, numbers } = quantise(vector);
        await tx.run(
          'INSERT INTO vectors (model, passage, scale, numbers) VALUES (?, ?, ?, ?) ON CONFLICT (model, passage) DO NOTHING',
          [id, passage, scale, new Uint8Array(numbers.buffer)],
        );
      }
    });
  }

  async keep({ id }: VectorModel, passages: ReadonlySet<string>): Promise<void> {
    const rows = await this.#database.all<{ number: number; passage: string }>(
      'SELECT number, passage FROM vectors WHERE model = ?',
      [id],
    );
    const gone = rows.filter(({ passage }) => !passages.has(passage));
    const since = Date.now() - unusedModelMs;
    await this.#database.transaction(async (tx) => {
      for (const { number } of gone) await tx.run('DELETE FROM vectors WHERE number = ?', [number]);
      await tx.run(
        'DELETE FROM vectors WHERE model IN (SELECT id FROM models WHERE used_at < ? AND id <> ?)',
        [since, id],
      );
      await tx.run('DELETE FROM models WHERE used_at < ? AND id <> ?', [since, id]);
      if (gone.length > 0) await tx.run("UPDATE index_facts SET value = value + 1 WHERE name = 'forgotten'");
    });
  }

  /** The vectors of a model as they are now; reads what came since the last time. */
  async scan(model: VectorModel): Promise<VectorScan> {
    const marker = await this.#database.changeMarker();
    if (this.#loaded?.model === model.id && this.#loaded.marker === marker) return this.#loaded.scan;
    this.#loading ??= this.#load(model, marker).finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  async #load(model: VectorModel, marker: string): Promise<VectorScan> {
    const row = await this.#database.get<{ value: number }>(
      "SELECT value FROM index_facts WHERE name = 'forgotten'",
    );
    const forgotten = row?.value ?? 0;
    let loaded = this.#loaded;
    if (loaded?.model !== model.id || loaded.forgotten !== forgotten) {
      loaded = { model: model.id, scan: new VectorScan(model.dimensions), upTo: 0, forgotten, marker };
    }
    for (;;) {
      const rows = await this.#database.all<VectorRow>(
        'SELECT number, passage, scale, numbers FROM vectors WHERE model = ? AND number > ? ORDER BY number LIMIT ?',
        [model.id, loaded.upTo, rowsPerRead],
      );
      for (const { number, passage, scale, numbers } of rows) {
        const vector = {
          scale,
          numbers: new Int8Array(numbers.buffer, numbers.byteOffset, numbers.length),
        };
        if (numbers.length !== model.dimensions || !isOfUnitLength(vector))
          throw searchErrors.make('search.index_damaged', { index: this.#index });
        loaded.scan.set(passage, vector);
        loaded.upTo = number;
      }
      if (rows.length < rowsPerRead) break;
    }
    this.#loaded = { ...loaded, marker };
    return loaded.scan;
  }
}
