/** Text to the numbers of a vocabulary, with the marks for start and end. */
export type WordPieces = (text: string, maxTokens: number) => Int32Array;

/** What a vocabulary calls its special pieces. */
const special = { unknown: '[UNK]', start: '[CLS]', end: '[SEP]' } as const;

/** Longer words are unknown, as in the models' training. */
const maxWordLength = 100;

const separators = /[\p{White_Space}]+/u;
// Control, format, private and unassigned characters mean nothing to a model; line breaks and tabs are white space.
const meaningless = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Cn}\p{Co}\uFFFD]/gu;
const ideographs =
  /[\u4E00-\u9FFF\u3400-\u4DBF\uF900-\uFAFF\u{20000}-\u{2A6DF}\u{2A700}-\u{2B81F}\u{2B820}-\u{2CEAF}\u{2F800}-\u{2FA1F}]/gu;
const punctuation = /[\p{P}$+<=>^`|~]|[^\p{P}$+<=>^`|~]+/gu;

/**
 * The tokenizer of BERT models: words and punctuation marks, then the longest pieces of the vocabulary from the left.
 *
 * Guarantees: at most `maxTokens` numbers with start and end included, the rest of the text is left out; the time grows
 * with what is kept, not with the text. `tokens` are the vocabulary in order of its numbers.
 */
export function openWordPieces(tokens: readonly string[], { lowercase = true } = {}): WordPieces {
  const numbers = new Map(tokens.map((token, number) => [token, number]));
  const numberOf = (token: string) => numbers.get(token)!;
  const unknown = numberOf(special.unknown);
  const known = new Map<string, readonly number[]>();

  const piecesOf = (word: string): readonly number[] => {
    if (word.length > maxWordLength) return [unknown];
    const pieces: number[] = [];
    for (let at = 0; at < word.length;) {
      let end = word.length;
      let number: number | undefined;
      for (; end > at; end -= 1) {
        number = numbers.get(at === 0 ? word.slice(0, end) : `##${word.slice(at, end)}`);
        if (number !== undefined) break;
      }
      if (number === undefined) return [unknown];
      pieces.push(number);
      at = end;
    }
    return pieces;
  };
  const remembered = (word: string) => {
    const seen = known.get(word);
    if (seen !== undefined) return seen;
    if (known.size >= 10_000) known.clear();
    const pieces = piecesOf(word);
    known.set(word, pieces);
    return pieces;
  };

  return (text, maxTokens) => {
    const found = [numberOf(special.start)];
    const room = maxTokens - 1;
    for (const word of wordsOf(text.slice(0, maxTokens * maxWordLength), lowercase)) {
      for (const piece of remembered(word)) if (found.length < room) found.push(piece);
      if (found.length >= room) break;
    }
    found.push(numberOf(special.end));
    return Int32Array.from(found);
  };
}

function* wordsOf(text: string, lowercase: boolean): Generator<string> {
  let clean = text.replace(meaningless, '').replace(ideographs, ' $& ');
  if (lowercase)
    clean = clean
      .normalize('NFD')
      .replace(/\p{Mn}/gu, '')
      .toLowerCase();
  for (const word of clean.split(separators)) yield* word.match(punctuation) ?? [];
}
