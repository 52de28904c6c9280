import type { Connection, Table } from '@lancedb/lancedb';
import { createHash } from 'node:crypto';
import { quantise } from '../../vectors/quantised.ts';
import { VectorScan, type NearPassage } from '../../vectors/vector-scan.ts';
import type { PassageVector, VectorModel } from '../index-store.ts';

const unusedModelMs = 14 * 86_400_000;

interface VectorRow {
  passage: string;
  vector: ArrayLike<number>;
}

/** A table of vectors for each model, since a table's vectors have one length. */
const prefix = 'vectors_';
const nameOf = ({ id }: VectorModel) => prefix + createHash('sha256').update(id).digest('hex').slice(0, 16);

/** Vectors in LanceDB, which finds the nearest; those that were looked at by name are kept in memory. */
export class LanceVectors {
  readonly #connection: Connection;
  readonly #tables = new Map<string, Table>();
  readonly #seen = new Map<string, VectorScan>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async marker(): Promise<string> {
    const versions = await Promise.all([...this.#tables.values()].map((table) => table.version()));
    return versions.join(' ');
  }

  async count(model: VectorModel): Promise<number> {
    return (await (await this.#open(model))?.countRows()) ?? 0;
  }

  async without(model: VectorModel, passages: readonly string[]): Promise<string[]> {
    const table = await this.#open(model);
    const rows = (await table?.query().select(['passage']).toArray()) as
      Pick<VectorRow, 'passage'>[] | undefined;
    const held = new Set(rows?.map(({ passage }) => passage));
    return passages.filter((passage) => !held.has(passage));
  }

  async put(model: VectorModel, vectors: readonly PassageVector[]): Promise<Table> {
    const rows = vectors.map(({ passage, vector }) => ({ passage, vector: [...vector] }));
    const table =
      (await this.#open(model)) ??
      (await this.#connection.createTable(nameOf(model), rows, { existOk: true }));
    this.#tables.set(model.id, table);
    await table.mergeInsert('passage').whenNotMatchedInsertAll().execute(rows);
    return table;
  }

  async keep(model: VectorModel, passages: ReadonlySet<string>): Promise<void> {
    const table = await this.#open(model);
    const rows = ((await table?.query().select(['passage']).toArray()) ?? []) as Pick<VectorRow, 'passage'>[];
    const gone = rows.map(({ passage }) => passage).filter((passage) => !passages.has(passage));
    if (gone.length > 0) await table!.delete(`passage IN (${listed(gone)})`);
    this.#seen.delete(model.id);
    for (const name of await this.#connection.tableNames()) {
      if (!name.startsWith(prefix) || name === nameOf(model)) continue;
      const versions = await (await this.#connection.openTable(name)).listVersions();
      const lastWritten = Math.max(...versions.map(({ timestamp }) => timestamp.getTime()));
      if (Date.now() - lastWritten > unusedModelMs) await this.#connection.dropTable(name);
    }
  }

  async nearest(model: VectorModel, question: Float32Array, limit: number): Promise<NearPassage[]> {
    const table = await this.#open(model);
    if (table === undefined) return [];
    const rows = (await table
      .vectorSearch([...question])
      .distanceType('dot')
      .select(['passage', '_distance'])
      .limit(limit)
      .toArray()) as { passage: string; _distance: number }[];
    return rows.map(({ passage, _distance: distance }) => ({ passage, similarity: 1 - distance }));
  }

  async similarities(
    model: VectorModel,
    question: Float32Array,
    passages: readonly string[],
  ): Promise<ReadonlyMap<string, number>> {
    const scan = this.#seen.get(model.id) ?? new VectorScan(model.dimensions);
    this.#seen.set(model.id, scan);
    const unknown = passages.filter((passage) => !scan.has(passage));
    const table = unknown.length === 0 ? undefined : await this.#open(model);
    if (table !== undefined) {
      const rows = (await table
        .query()
        .where(`passage IN (${listed(unknown)})`)
        .toArray()) as VectorRow[];
      for (const { passage, vector } of rows) scan.set(passage, quantise(Float32Array.from(vector)));
    }
    return scan.similarities(question, passages);
  }

  /** The model's table, `undefined` until there is one. */
  async #open(model: VectorModel): Promise<Table | undefined> {
    const opened = this.#tables.get(model.id);
    if (opened !== undefined) return opened;
    const tables = await this.#connection.tableNames();
    if (!tables.includes(nameOf(model))) return undefined;
    const table = await this.#connection.openTable(nameOf(model));
    this.#tables.set(model.id, table);
    return table;
  }
}

/** Passages are hexadecimal digits, so they need no quoting of their own. */
const listed = (passages: readonly string[]) => passages.map((passage) => `'${passage}'`).join(', ');
