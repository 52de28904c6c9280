import { weighFields } from '../words/field-weights.ts';
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
  /** Number of its first chunk in `chunkWords`; the others follow. */
  firstChunk: number;
  /** Number of its first question line in `questionWords`; the others follow. */
  firstQuestion: number;
}

/** All standards in memory, ready to be searched by words. Words are derived from the records, so the index stores none. */
export class Catalogue {
  readonly standardWords = new TermScores();
  readonly chunkWords = new TermScores();
  /** Question lines, each by itself: the words of a question together in one of them say much. */
  readonly questionWords = new TermScores();
  readonly #byId = new Map<string, CatalogueEntry>();
  readonly #byNumber = new Map<number, CatalogueEntry>();
  readonly #byChunk = new Map<number, CatalogueEntry>();
  readonly #byQuestion = new Map<number, CatalogueEntry>();
  readonly #places = new Map<string, PassagePlace[]>();
  readonly #numbers = {
    standards: new FreeNumbers(),
    chunks: new FreeNumbers(),
    questions: new FreeNumbers(),
  };
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
    return this.#byChunk.size;
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

  standardOfChunk(number: number): CatalogueEntry {
    return this.#byChunk.get(number)!;
  }

  standardOfQuestion(number: number): CatalogueEntry {
    return this.#byQuestion.get(number)!;
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
    const entry = {
      record,
      number: this.#numbers.standards.take(1),
      firstChunk: this.#numbers.chunks.take(record.chunks.length),
      firstQuestion: this.#numbers.questions.take(record.questions.length),
    };
    this.#byId.set(record.id, entry);
    this.#byNumber.set(entry.number, entry);
    this.standardWords.add(entry.number, wordsOfStandard(record));
    record.chunks.forEach((_, index) => {
      this.chunkWords.add(entry.firstChunk + index, wordsOfChunk(record, index));
      this.#byChunk.set(entry.firstChunk + index, entry);
    });
    record.questions.forEach((question, index) => {
      this.questionWords.add(entry.firstQuestion + index, wordsOfQuestion(question));
      this.#byQuestion.set(entry.firstQuestion + index, entry);
    });
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
    const { record, number, firstChunk, firstQuestion } = entry;
    this.standardWords.remove(number, wordsOfStandard(record));
    record.chunks.forEach((_, index) => {
      this.chunkWords.remove(firstChunk + index, wordsOfChunk(record, index));
      this.#byChunk.delete(firstChunk + index);
    });
    record.questions.forEach((question, index) => {
      this.questionWords.remove(firstQuestion + index, wordsOfQuestion(question));
      this.#byQuestion.delete(firstQuestion + index);
    });
    for (const passage of record.passages) {
      const left = this.placesOf(passage).filter(({ standard }) => standard !== entry);
      if (left.length === 0) this.#places.delete(passage);
      else this.#places.set(passage, left);
    }
    this.#byNumber.delete(number);
    this.#byId.delete(id);
    this.#numbers.standards.give(number, 1);
    this.#numbers.chunks.give(firstChunk, record.chunks.length);
    this.#numbers.questions.give(firstQuestion, record.questions.length);
    this.#version += 1;
  }
}

/** Runs of numbers, used again once they are free, so that a library that changes all day does not grow. */
class FreeNumbers {
  readonly #free = new Map<number, number[]>();
  #next = 0;

  take(count: number): number {
    const free = this.#free.get(count)?.pop();
    if (free !== undefined) return free;
    this.#next += count;
    return this.#next - count;
  }

  give(first: number, count: number): void {
    const free = this.#free.get(count);
    if (free === undefined) this.#free.set(count, [first]);
    else free.push(first);
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

function wordsOfChunk(record: StandardRecord, index: number): TermWeights {
  const { section, text } = record.chunks[index]!;
  return weighFields([
    { text: section.slice(record.title.length), weight: 1.5, usualWords: 2 },
    { text, weight: 1, usualWords: 80 },
  ]);
}

function wordsOfQuestion(question: string): TermWeights {
  return weighFields([{ text: question, weight: 1, usualWords: 8 }]);
}
