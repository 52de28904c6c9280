/** A term of a question and how much it counts, above 0 to 1. */
export interface AskedTerm {
  term: string;
  weight: number;
}

/** How often a document holds each term, weighted by where and by its length. */
export type TermWeights = ReadonlyMap<string, number>;

// BM25 with its usual saturation (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009); fields and
// lengths are in the weights already.
const k1 = 1.2;

/** What a weight counts: the more of a term, the less each further one adds; 1 for a weight of 1. */
export const saturate = (weight: number): number => ((k1 + 1) * weight) / (weight + k1);

interface Postings {
  documents: number[];
  weights: number[];
}

/**
 * An inverted index in memory: documents by number, terms with weights. Adding and removing cost as much as the document
 * has terms; a score costs as much as the asked terms have documents.
 */
export class TermScores {
  readonly #postings = new Map<string, Postings>();
  #documents = 0;
  #byLetter: Map<string, string[]> | undefined;
  #scores = new Float64Array(64);

  get size(): number {
    return this.#documents;
  }

  /** The terms that begin with this letter; the same list until a document is added or removed. */
  termsWith(letter: string): readonly string[] {
    if (this.#byLetter === undefined) {
      this.#byLetter = new Map();
      for (const term of this.#postings.keys()) {
        const like = this.#byLetter.get(term[0]!);
        if (like === undefined) this.#byLetter.set(term[0]!, [term]);
        else like.push(term);
      }
    }
    return this.#byLetter.get(letter) ?? [];
  }

  add(document: number, weights: TermWeights): void {
    this.#documents += 1;
    this.#byLetter = undefined;
    if (document >= this.#scores.length) this.#scores = new Float64Array(2 * document);
    for (const [term, weight] of weights) {
      const postings = this.#postings.get(term);
      if (postings === undefined) this.#postings.set(term, { documents: [document], weights: [weight] });
      else {
        postings.documents.push(document);
        postings.weights.push(weight);
      }
    }
  }

  /** `weights` are those it was added with. */
  remove(document: number, weights: TermWeights): void {
    this.#documents -= 1;
    this.#byLetter = undefined;
    for (const term of weights.keys()) {
      const postings = this.#postings.get(term);
      const at = postings?.documents.indexOf(document) ?? -1;
      if (postings === undefined || at === -1) continue;
      const lastDocument = postings.documents.pop()!;
      const lastWeight = postings.weights.pop()!;
      if (at < postings.documents.length) {
        postings.documents[at] = lastDocument;
        postings.weights[at] = lastWeight;
      }
      if (postings.documents.length === 0) this.#postings.delete(term);
    }
  }

  has(term: string): boolean {
    return this.#postings.has(term);
  }

  holds(document: number, term: string): boolean {
    return this.#postings.get(term)?.documents.includes(document) ?? false;
  }

  /** Inverse document frequency: the rarer, the higher; 0 and more. A term that is nowhere counts as the rarest. */
  rarityOf(term: string): number {
    const holding = this.#postings.get(term)?.documents.length ?? 0;
    return Math.log(1 + (this.#documents - holding + 0.5) / (holding + 0.5));
  }

  /** Documents that hold any of the terms, with their BM25 scores. */
  scoresOf(asked: readonly AskedTerm[]): Map<number, number> {
    const touched: number[] = [];
    for (const { term, weight } of asked) {
      const postings = this.#postings.get(term);
      if (postings === undefined) continue;
      const factor = weight * this.rarityOf(term);
      for (let at = 0; at < postings.documents.length; at += 1) {
        const document = postings.documents[at]!;
        const frequency = postings.weights[at]!;
        if (this.#scores[document] === 0) touched.push(document);
        this.#scores[document]! += factor * saturate(frequency);
      }
    }
    const scores = new Map<number, number>();
    for (const document of touched) {
      scores.set(document, this.#scores[document]!);
      this.#scores[document] = 0;
    }
    return scores;
  }
}
