import { weighFields } from '../words/field-weights.ts';
import { packWeights, type PartWeights } from '../words/part-weights.ts';
import { TermScores, type TermWeights } from '../words/term-scores.ts';
import { wordsOf, type Word } from '../words/words-of.ts';
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
  /** The words of its parts, made when it first comes near an answer: most standards never do. */
  parts(): StandardParts;
}

export interface StandardParts {
  /** In order. */
  chunks: readonly PartWeights[];
  /** Of its question lines: words of a question together in one of them say much. */
  questions: readonly PartWeights[];
  /** Of its statements, in the place of question lines. */
  statements: readonly PartWeights[];
}

/** All standards in memory, ready to be searched by words. Words are derived from the records, so the index stores none. */
export class Catalogue {
  readonly standardWords = new TermScores();
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
    const texts = record.chunks.map(({ text }) => wordsOf(text));
    const entry: CatalogueEntry = {
      record,
      number: this.#freeNumbers.pop() ?? this.#byNumber.size,
      parts: once(() => partsOf(record)),
    };
    this.#byId.set(record.id, entry);
    this.#byNumber.set(entry.number, entry);
    this.standardWords.add(entry.number, weighStandard(record, texts));
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
    const texts = record.chunks.map(({ text }) => wordsOf(text));
    this.standardWords.remove(number, weighStandard(record, texts));
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

/** `texts` are the words of its chunks: they are many, and counted for the chunks as well. */
function weighStandard(record: StandardRecord, texts: readonly (readonly Word[])[]): TermWeights {
  return weighFields([
    { words: wordsOf(record.title), weight: 3, usualWords: 3 },
    { words: wordsOf(record.id), weight: 1.5, usualWords: 4 },
    { words: wordsOf(record.tags.join(' ')), weight: 2, usualWords: 5 },
    { words: wordsOf(record.lead), weight: 2, usualWords: 15 },
    { words: wordsOf(record.questions.join('\n')), weight: 2, usualWords: 60 },
    { words: texts.flat(), weight: 1, usualWords: 300 },
  ]);
}

function partsOf(record: StandardRecord): StandardParts {
  return {
    chunks: record.chunks.map(({ text }, index) => packWeights(weighChunk(record, index, wordsOf(text)))),
    questions: record.questions.map((line) => packWeights(weighLine(line))),
    statements: record.statements.map((line) => packWeights(weighLine(line))),
  };
}

function weighChunk({ title, chunks }: StandardRecord, index: number, text: readonly Word[]): TermWeights {
  const headings = chunks[index]!.section.slice(title.length);
  return weighFields([
    { words: wordsOf(headings), weight: 1.5, usualWords: 2 },
    { words: text, weight: 1, usualWords: 80 },
  ]);
}

function weighLine(line: string): TermWeights {
  return weighFields([{ words: wordsOf(line), weight: 1, usualWords: 8 }]);
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
