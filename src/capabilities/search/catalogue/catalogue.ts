import type { Chunk } from '../chunks/chunk-standard.ts';
import { weighFields } from '../words/field-weights.ts';
import { TermNumbers, type PartWeights } from '../words/part-weights.ts';
import { TermScores, type TermWeights } from '../words/term-scores.ts';
import { firstChunkPassage, type StandardRecord } from './standard-record.ts';

/** Where a passage belongs: a standard, and which of its chunks (`null` for the standard as a whole). */
export interface PassagePlace {
  standard: CatalogueEntry;
  chunk: number | null;
}

/** A standard in memory. */
export interface CatalogueEntry {
  record: StandardRecord;
  /** Number of the standard in `standardWords`. */
  number: number;
  /** Words of its chunks, in order. */
  chunks: readonly PartWeights[];
  /** Words of its question lines: those of a question together in one of them say much. */
  questions: readonly PartWeights[];
}

/** All standards in memory, ready to be searched by words. Words are derived from the records, so the index stores none. */
export class Catalogue {
  readonly standardWords = new TermScores();
  readonly termNumbers = new TermNumbers();
  readonly #byId = new Map<string, CatalogueEntry>();
  readonly #byNumber = new Map<number, CatalogueEntry>();
  readonly #places = new Map<string, PassagePlace[]>();
  readonly #freeNumbers: number[] = [];
  #sections = 0;
  #bytes = 0;
  #sample: { version: number; count: number; passages: readonly string[] } | undefined;
  #version = 0;

  /** Counts with every change. */
  get version(): number {
    return this.#version;
  }

  get size(): number {
    return this.#byId.size;
  }

  get sections(): number {
    return this.#sections;
  }

  /** Size of all standards. */
  get bytes(): number {
    return this.#bytes;
  }

  entries(): IterableIterator<CatalogueEntry> {
    return this.#byId.values();
  }

  get(id: string): CatalogueEntry | undefined {
    return this.#byId.get(id);
  }

  standard(number: number): CatalogueEntry {
    return this.#byNumber.get(number)!;
  }

  /** Where a passage stands; several standards may hold the same text. */
  placesOf(passage: string): readonly PassagePlace[] {
    return this.#places.get(passage) ?? [];
  }

  passages(): IterableIterator<string> {
    return this.#places.keys();
  }

  /** Passages from all over the library, the same ones until it changes. */
  samplePassages(count: number): readonly string[] {
    if (this.#sample?.version !== this.#version || this.#sample.count !== count) {
      const all = [...this.#places.keys()];
      const step = Math.max(1, Math.floor(all.length / count));
      const passages = all.filter((_, index) => index % step === 0).slice(0, count);
      this.#sample = { version: this.#version, count, passages };
    }
    return this.#sample.passages;
  }

  /** Adds a standard, or puts it in the place of the one with its id. */
  put(record: StandardRecord): void {
    this.remove(record.id);
    const entry: CatalogueEntry = {
      record,
      number: this.#freeNumbers.pop() ?? this.#byNumber.size,
      chunks: record.chunks.map((chunk) => this.termNumbers.pack(wordsOfChunk(record, chunk))),
      questions: record.questions.map((question) => this.termNumbers.pack(wordsOfQuestion(question))),
    };
    this.#byId.set(record.id, entry);
    this.#byNumber.set(entry.number, entry);
    this.standardWords.add(entry.number, wordsOfStandard(record));
    this.#sections += record.chunks.length;
    this.#bytes += record.sizeBytes;
    record.passages.forEach((passage, index) => {
      const first = firstChunkPassage(record);
      const place = { standard: entry, chunk: index < first ? null : index - first };
      const places = this.#places.get(passage);
      if (places === undefined) this.#places.set(passage, [place]);
      else places.push(place);
    });
    this.#version += 1;
  }

  remove(id: string): void {
    const entry = this.#byId.get(id);
    if (entry === undefined) return;
    const { record, number } = entry;
    this.standardWords.remove(number, wordsOfStandard(record));
    this.#sections -= record.chunks.length;
    this.#bytes -= record.sizeBytes;
    for (const passage of record.passages) {
      const left = this.placesOf(passage).filter(({ standard }) => standard !== entry);
      if (left.length === 0) this.#places.delete(passage);
      else this.#places.set(passage, left);
    }
    this.#byNumber.delete(number);
    this.#byId.delete(id);
    this.#freeNumbers.push(number);
    this.#version += 1;
  }
}

function wordsOfStandard(record: StandardRecord): TermWeights {
  return weighFields([
    { text: record.title, weight: 3, usualWords: 3 },
    { text: record.id, weight: 1.5, usualWords: 4 },
    { text: record.tags.join(' '), weight: 2, usualWords: 5 },
    { text: record.lead, weight: 2, usualWords: 15 },
    { text: record.questions.join('\n'), weight: 2, usualWords: 45 },
    { text: record.chunks.map(({ text }) => text).join('\n'), weight: 1, usualWords: 300 },
  ]);
}

function wordsOfChunk({ title }: StandardRecord, { section, text }: Chunk): TermWeights {
  return weighFields([
    { text: section.slice(title.length), weight: 1.5, usualWords: 2 },
    { text, weight: 1, usualWords: 80 },
  ]);
}

function wordsOfQuestion(question: string): TermWeights {
  return weighFields([{ text: question, weight: 1, usualWords: 8 }]);
}
