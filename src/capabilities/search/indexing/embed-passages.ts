import { setImmediate as nextTurn } from 'node:timers/promises';
import type { StandardLayer } from '../../standards/index.ts';
import type { Embedder } from '../../embeddings/index.ts';
import type { Catalogue, CatalogueEntry } from '../catalogue/catalogue.ts';
import { firstChunkPassage, passageTexts } from '../catalogue/standard-record.ts';
import { shippedVectors } from '../shipped/shipped-vectors.ts';
import type { VectorModel } from '../store/index-store.ts';
import type { StoreHolder } from './store-holder.ts';

/** Stored in one transaction: what a crash costs, or a command that ends before it is done. */
const passagesPerBatch = 16;
/** Vectors of texts that are gone are worth keeping for when they come back, as on another branch, but not for ever. */
const spareShare = 2;
const spareLeast = 2_000;

const layerOrder: Record<StandardLayer, number> = { project: 0, language: 1, universal: 2 };

export const modelOf = ({ id, dimensions }: Embedder): VectorModel => ({ id, dimensions });

/**
 * Gives every passage its vector, what is needed nearest first: the standards that answers lately showed, then the project's
 * before those that ship, and of each the rule and its questions before its parts. Each batch is stored at once, so that
 * whoever goes on after a crash begins where it ended. Errors: those of the embedder; the signal's reason.
 */
export async function embedPassages(options: {
  catalogue: Catalogue;
  holder: StoreHolder;
  embedder: Embedder;
  /** Ids of standards that answers showed lately. */
  needed: ReadonlySet<string>;
  signal: AbortSignal;
  onProgress?: ((progress: { done: number; total: number }) => void) | undefined;
}): Promise<void> {
  const { catalogue, holder, embedder, needed, signal } = options;
  const model = modelOf(embedder);
  for (let version = -1; version !== catalogue.version;) {
    version = catalogue.version;
    const all = inOrder(catalogue, needed);
    const missing = await takeShipped(holder, model, all);
    for (let start = 0; start < missing.length; start += passagesPerBatch) {
      // Another batch may have taken the texts away, and a new question may need others first.
      if (version !== catalogue.version) break;
      const batch = missing.slice(start, start + passagesPerBatch);
      const texts = batch.map((passage) => textOf(catalogue, passage));
      const vectors = await unlessAborted(embedder.embed(texts, 'passage', { signal }), signal);
      const found = batch.map((passage, index) => ({ passage, vector: vectors[index]! }));
      await holder.use((store) => store.putVectors(model, found));
      options.onProgress?.({
        done: Math.min(start + passagesPerBatch, missing.length),
        total: missing.length,
      });
      await nextTurn();
    }
  }
  await forgetSpare(options, model);
}

/** Takes in the vectors that ship with Troupe where passages lack theirs; resolves to those that still do, in order. */
export async function takeShipped(
  holder: StoreHolder,
  model: VectorModel,
  passages: readonly string[],
): Promise<string[]> {
  const lacking = await holder.use((store) => store.withoutVector(model, passages));
  const shipped = await shippedVectors(model, lacking);
  if (shipped.length > 0) await holder.use((store) => store.putVectors(model, shipped));
  const known = new Set(shipped.map(({ passage }) => passage));
  return lacking.filter((passage) => !known.has(passage));
}

function inOrder(catalogue: Catalogue, needed: ReadonlySet<string>): string[] {
  const rank = ({ record }: CatalogueEntry) => (needed.has(record.id) ? -1 : layerOrder[record.layer]);
  const standards = [...catalogue.entries()].sort((a, b) => rank(a) - rank(b));
  const whole = standards.flatMap(({ record }) => record.passages.slice(0, firstChunkPassage(record)));
  const parts = standards.flatMap(({ record }) => record.passages.slice(firstChunkPassage(record)));
  return [...new Set([...whole, ...parts])];
}

function textOf(catalogue: Catalogue, passage: string): string {
  const record = catalogue.placesOf(passage)[0]?.standard.record;
  return record === undefined ? '' : (passageTexts(record)[record.passages.indexOf(passage)] ?? '');
}

async function forgetSpare(
  { catalogue, holder }: { catalogue: Catalogue; holder: StoreHolder },
  model: VectorModel,
): Promise<void> {
  const used = new Set(catalogue.passages());
  const held = await holder.use((store) => store.countVectors(model));
  if (held > Math.max(spareLeast, spareShare * used.size))
    await holder.use((store) => store.keepVectors(model, used));
}

/** Whoever closes the index does not wait for an embedder that is slow to give up. */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
