import type { Catalogue, CatalogueEntry } from '../catalogue/catalogue.ts';
import { firstChunkPassage } from '../catalogue/standard-record.ts';
import type { IndexStore, VectorModel } from '../store/index-store.ts';

/** How close the meaning of a question is. */
export interface MeaningScores {
  /** Standards among whose passages are close ones, or that were asked about. */
  standards: ReadonlyMap<CatalogueEntry, StandardMeaning>;
  /** Asked about, but none of their passages has a vector yet: what they mean is not known. */
  unknown: ReadonlySet<CatalogueEntry>;
  /** Similarity to anything at all: mean and standard deviation over a sample. */
  usual: { mean: number; deviation: number };
}

export interface StandardMeaning {
  /** Similarity of the closest passage. */
  closest: number;
  /** Of the closest passage and, for more, of the closest three on average: one alone may be chance. */
  overall: number;
  /** Similarity by number of the chunk within the standard. */
  chunks: ReadonlyMap<number, number>;
}

const nearestWanted = 30;
/** Standards looked at for their near passages: a text that many have in common says little about each. */
const nearStandards = 12;
const samplePassageCount = 128;
const closestCounted = 3;
/** How much their average counts beside the closest. */
const averageShare = 2;

/** The question's vector, and whose it is. */
export interface AskedMeaning {
  store: IndexStore;
  model: VectorModel;
  vector: Float32Array;
}

/** Scores the standards closest in meaning, and `others` whatever their meaning. */
export async function scoreMeaning(
  catalogue: Catalogue,
  { store, model, vector }: AskedMeaning,
  others: Iterable<CatalogueEntry>,
): Promise<MeaningScores> {
  const near = await store.nearest(model, vector, nearestWanted);
  const wanted = new Set(others);
  const most = wanted.size + nearStandards;
  for (const { passage } of near) {
    for (const { standard } of catalogue.placesOf(passage)) if (wanted.size < most) wanted.add(standard);
  }
  const sample = catalogue.samplePassages(samplePassageCount);
  const asked = [...wanted].flatMap(({ record }) => record.passages);
  const similarities = await store.similarities(model, vector, [...new Set([...asked, ...sample])]);
  const standards = new Map<CatalogueEntry, StandardMeaning>();
  const unknown = new Set<CatalogueEntry>();
  for (const standard of wanted) {
    const meaning = meaningOf(standard, similarities);
    if (meaning === undefined) unknown.add(standard);
    else standards.set(standard, meaning);
  }
  return { standards, unknown, usual: usualOf(sample.flatMap((passage) => similarities.get(passage) ?? [])) };
}

function meaningOf(
  { record }: CatalogueEntry,
  similarities: ReadonlyMap<string, number>,
): StandardMeaning | undefined {
  const first = firstChunkPassage(record);
  const found = record.passages.map((passage) => similarities.get(passage));
  const known = found.filter((similarity) => similarity !== undefined);
  const few = known.sort((a, b) => b - a).slice(0, closestCounted);
  const closest = few[0];
  if (closest === undefined) return undefined;
  const average = few.reduce((sum, value) => sum + value, 0) / few.length;
  const chunks = new Map<number, number>();
  found.slice(first).forEach((similarity, chunk) => {
    if (similarity !== undefined) chunks.set(chunk, similarity);
  });
  return { closest, overall: (closest + averageShare * average) / (1 + averageShare), chunks };
}

function usualOf(values: readonly number[]): { mean: number; deviation: number } {
  if (values.length === 0) return { mean: 0, deviation: 1 };
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.max(Math.sqrt(variance), 1e-6) };
}
