import { abbreviations } from './abbreviations.ts';
import { framingWords } from './framing-words.ts';
import { nearestTerm } from './nearest-term.ts';
import { stemOf } from './stem.ts';
import type { AskedTerm, TermScores } from './term-scores.ts';
import { wordsOf } from './words-of.ts';

/** A term that is looked for, and the word of the question it stands for. */
export interface QuestionTerm extends AskedTerm {
  written: string;
}

/** What an abbreviation stands for, all its words together. */
const abbreviationWeight = 0.7;
const framingWeight = 0.6;
const misspeltWeight = 0.6;
/** Shorter words are near too many others. */
const shortestMisspelt = 5;

/**
 * The terms of a question, each once: its words, what its abbreviations stand for, and for a word that no standard has the
 * nearest one that they do have.
 */
export function askedTerms(question: string, known: TermScores): QuestionTerm[] {
  const terms = new Map<string, QuestionTerm>();
  const add = (term: string, written: string, weight: number) => {
    if ((terms.get(term)?.weight ?? 0) < weight) terms.set(term, { term, written, weight });
  };
  for (const { term, written } of wordsOf(question)) {
    add(term, written, framingWords.has(written) ? framingWeight : 1);
    const meant = abbreviations.get(written) ?? [];
    for (const word of meant) add(stemOf(word), written, abbreviationWeight / meant.length);
    if (written.length < shortestMisspelt || known.has(term)) continue;
    const near = nearestTerm(term, known.termsWith(term[0]!));
    if (near !== undefined) add(near, written, misspeltWeight);
  }
  return [...terms.values()];
}
