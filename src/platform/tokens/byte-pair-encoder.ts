/** The data of a byte-pair vocabulary, as `js-tiktoken/ranks/*` ships it. */
export interface Vocabulary {
  pat_str: string;
  /** Lines of `! <first rank> <base64 token> <base64 token> …`. */
  bpe_ranks: string;
}

/**
 * Longest run that is merged as one, bytes. Merging costs the square of the length, and a hostile text is one long
 * run; a longer one is cut, which counts at most one token too many for each cut. Ordinary text has no such runs.
 */
const maxRunBytes = 512;

/**
 * Counts the tokens of a vocabulary. Holds about a tenth of the memory of the library's own encoder, which also
 * keeps what decoding needs; a test compares the two.
 */
export class BytePairEncoder {
  readonly #pattern: RegExp;
  /** Token bytes, one character each (Latin-1), to rank. */
  readonly #ranks = new Map<string, number>();

  constructor(vocabulary: Vocabulary) {
    this.#pattern = new RegExp(vocabulary.pat_str, 'ug');
    for (const line of vocabulary.bpe_ranks.split('\n')) {
      const [, firstRank, ...tokens] = line.split(' ');
      let rank = Number(firstRank);
      for (const token of tokens) this.#ranks.set(Buffer.from(token, 'base64').toString('latin1'), rank++);
    }
  }

  /** Tokens of `text`. Special tokens written in it count as the ordinary text they are. */
  count(text: string): number {
    let tokens = 0;
    for (const [run] of text.matchAll(this.#pattern)) {
      const bytes = Buffer.from(run, 'utf8').toString('latin1');
      for (let at = 0; at < bytes.length; at += maxRunBytes)
        tokens += this.#merge(bytes.slice(at, at + maxRunBytes));
    }
    return tokens;
  }

  /** Merges the neighbours of lowest rank until none are left, and counts the parts. */
  #merge(bytes: string): number {
    if (bytes.length === 1 || this.#ranks.has(bytes)) return 1;
    const starts = Array.from({ length: bytes.length + 1 }, (_, at) => at);
    const rankAt = (part: number): number =>
      part + 2 < starts.length
        ? (this.#ranks.get(bytes.slice(starts[part], starts[part + 2])) ?? Infinity)
        : Infinity;
    const ranks = starts.map((_, part) => rankAt(part));
    for (;;) {
      let lowest = 0;
      for (let part = 1; part < ranks.length; part++) if (ranks[part]! < ranks[lowest]!) lowest = part;
      if (ranks[lowest] === Infinity) return starts.length - 1;
      starts.splice(lowest + 1, 1);
      ranks.splice(lowest + 1, 1);
      ranks[lowest] = rankAt(lowest);
      if (lowest > 0) ranks[lowest - 1] = rankAt(lowest - 1);
    }
  }
}
