import type { CatalogueEntry } from '../catalogue/catalogue.ts';
import type { Candidate, ChunkScore } from './candidate.ts';
import type { MeaningScores } from './meaning-scores.ts';
import type { WordsScores } from './words-scores.ts';

/** How much meaning counts beside words. */
const meaningShare = 0.55;
/** Words that cover less of the question than this are chance meetings, and count less beside meaning. */
const coverageWanted = 0.5;
/** A meaning so many standard deviations above what is usual stands out; below, it is chance. */
const outstandingDeviations = 2.5;

/** A question of which the standards hold this much, or to which one is so close, is one that they answer. */
const coverageOfAnswered = 0.6;
const closenessOfAnswered = 0.5;
/** What has nothing to do with a question is so close to it by chance. */
const closenessOfChance = 0.15;
/** Where no word of a question stands in any standard, what is less close than this is chance too. */
const leastCloseness = 0.32;
const leastCoverage = 0.05;

/**
 * A candidate with its score: 0 to 1. The best by words and by meaning alike has the share of the question that is
 * answered at all; the others less.
 */
export interface ScoredCandidate extends Candidate {
  score: number;
}

/** Puts words and meaning together. Without vectors, words alone decide. */
export function fuse(words: WordsScores, meaning: MeaningScores | undefined): ScoredCandidate[] {
  const top = words.best[0] === undefined ? 1 : words.of(words.best[0]);
  const wordsShare = (1 - meaningShare) * Math.min(1, words.covered / coverageWanted);
  const meaningPart = meaning === undefined ? undefined : meaningPartsOf(meaning);
  const all = new Set([...words.best, ...(meaning?.standards.keys() ?? [])]);
  const answered = answeredShare(words, meaning);
  return [...all]
    .map((standard): ScoredCandidate => {
      const wordsPart = Math.min(1, words.of(standard) / top);
      const found = meaning?.standards.get(standard);
      const score =
        meaningPart === undefined
          ? wordsPart
          : wordsShare * wordsPart + meaningShare * meaningPart(standard, wordsPart);
      return {
        standard,
        words: wordsPart,
        meaning: found?.closest,
        chunks: () => chunksOf(standard, words, meaning),
        score: answered * score,
      };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.standard.record.id < b.standard.record.id ? -1 : 1));
}

/** How far the standards answer a question at all, 0 to 1: by how much of it they hold and how close they are. */
function answeredShare({ covered }: WordsScores, meaning: MeaningScores | undefined): number {
  const byWords = Math.min(1, covered / coverageOfAnswered);
  if (meaning === undefined) return byWords;
  const closest = Math.max(...[...meaning.standards.values()].map((found) => found.closest));
  if (covered < leastCoverage && closest < leastCloseness) return 0;
  const above = (closest - closenessOfChance) / (closenessOfAnswered - closenessOfChance);
  return (byWords + Math.min(1, Math.max(0, above))) / 2;
}

/** Similarities from what is usual (0) to the closest of all (1); all 0 where none stands out. */
function meaningPartsOf({
  standards,
  unknown,
  usual,
}: MeaningScores): (standard: CatalogueEntry, wordsPart: number) => number {
  const closest = Math.max(...[...standards.values()].map(({ overall }) => overall));
  const span = closest - usual.mean;
  if (!(span >= outstandingDeviations * usual.deviation)) return () => 0;
  return (standard, wordsPart) => {
    const found = standards.get(standard);
    if (found !== undefined) return Math.max(0, (found.overall - usual.mean) / span);
    // A standard written a moment ago has no vectors: it is taken to mean what its words say.
    return unknown.has(standard) ? wordsPart : 0;
  };
}

/** The chunks of a standard that match, best first. */
function chunksOf(
  standard: CatalogueEntry,
  words: WordsScores,
  meaning: MeaningScores | undefined,
): ChunkScore[] {
  const similar = meaning?.standards.get(standard)?.chunks;
  const scores = standard.record.chunks.map((_, chunk) => {
    const byWords = words.ofChunk(standard, chunk);
    const byMeaning = Math.max(0, (similar?.get(chunk) ?? 0) - (meaning?.usual.mean ?? 0));
    return { chunk, score: byWords + byMeaning };
  });
  return scores.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score || a.chunk - b.chunk);
}
