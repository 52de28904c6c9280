import { stemOf } from './stem.ts';
import { stopWords } from './stop-words.ts';
import { holdsUnspaced, pairsOf, stretchesOf, unspacedMarks } from './unspaced-scripts.ts';

/** A word as written, and the term it is searched by. */
export interface Word {
  written: string;
  term: string;
}

// A run of letters and digits, with an apostrophe inside (`don't`), or parts held together by - or _ (`rate-limit`).
const letter = `[\\p{L}\\p{N}${unspacedMarks}]`;
const runs = new RegExp(`${letter}+(?:['\\-_]${letter}+)*`, 'gv');
const asciiRuns = /[a-z0-9]+(?:['\-_][a-z0-9]+)*/gi;
const joints = /['\-_]|(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u;

/** Longer runs are hashes, keys and encoded data. */
const maxLength = 40;

/**
 * The words of a text, in order: lower case, stemmed, stop words left out. A compound (`rate-limit`, `timeoutMs`) gives its
 * parts and, so that `ratelimit` meets it, the whole. What is written without spaces between words gives each pair of letters.
 */
export function wordsOf(text: string): Word[] {
  // eslint-disable-next-line no-control-regex
  const isAscii = /^[\u0000-\u007f]*$/.test(text);
  const clean = withPlainSigns(isAscii ? text : text.normalize('NFKC').replaceAll('’', "'"));
  const words: Word[] = [];
  for (const run of clean.match(isAscii ? asciiRuns : runs) ?? []) {
    for (const word of wordsOfRun(run)) words.push(word);
  }
  return words;
}

/** The names that signs belong to (`C#`, `C++`, `.NET`) spelled out. */
function withPlainSigns(text: string): string {
  return text
    .replace(/\bc\+\+/gi, 'cpp')
    .replace(/\b([cf])#/gi, '$1sharp')
    .replace(/(^|\s)\.net\b/gi, '$1dotnet');
}

const maxKept = 20_000;
const kept = new Map<string, readonly Word[]>();

/** The same runs come again and again: a bounded memory of them makes indexing several times faster. */
function wordsOfRun(run: string): readonly Word[] {
  let words = kept.get(run);
  if (words === undefined) {
    words = holdsUnspaced(run) ? splitMixedRun(run) : splitRun(run);
    if (kept.size >= maxKept) kept.clear();
    kept.set(run, words);
  }
  return words;
}

function splitMixedRun(run: string): Word[] {
  return stretchesOf(run).flatMap((stretch) =>
    holdsUnspaced(stretch)
      ? pairsOf(stretch).map((pair) => ({ written: pair, term: pair }))
      : splitRun(stretch),
  );
}

function splitRun(run: string): Word[] {
  if (stopWords.has(run.toLowerCase())) return [];
  const parts = run.replace(/'\p{L}{1,2}$/u, '').split(joints);
  const whole = parts.length > 1 && parts.length <= 3 ? [parts.join('')] : [];
  return [...parts, ...whole]
    .map((part) => part.toLowerCase())
    .filter(saysSomething)
    .map((written) => ({ written, term: stemOf(written) }));
}

function saysSomething(word: string): boolean {
  if (word.length === 0 || word.length > maxLength || stopWords.has(word)) return false;
  return word.length > 1 || !/[a-z]/.test(word);
}
