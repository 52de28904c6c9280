import type { StandardHit } from '../../standards/index.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { QuestionTerm } from '../words/asked-terms.ts';
import type { ScoredCandidate } from './fuse.ts';
import { showChunk } from './show-chunk.ts';

/** A second part of a standard comes with this share of its score, and never before the third standard. */
const secondShare = 0.55;
/** Its own score must come this near to the first part's. */
const secondNearness = 0.8;
/** Behind the first three, hits this much weaker than the best are noise and only cost context. */
const noiseShare = 0.4;
const alwaysKept = 3;
/** Text of all hits together, in characters for each hit that was asked for. */
const charsPerHit = 550;

interface Choice {
  candidate: ScoredCandidate;
  chunk: number;
  score: number;
  /** 1 for the first part of its standard, 2 for the second. */
  part: number;
}

/** The best parts of the best standards, at most two of one, as they are shown. */
export function chooseHits(
  candidates: readonly ScoredCandidate[],
  limit: number,
  { catalogue, terms }: { catalogue: Catalogue; terms: readonly QuestionTerm[] },
): StandardHit[] {
  const third = candidates[alwaysKept - 1]?.score ?? Infinity;
  const choices = candidates.slice(0, limit).flatMap((candidate) => choicesOf(candidate, third));
  const retired = ({ candidate }: Choice) => Number(candidate.standard.record.retired);
  const best = Math.max(...choices.map(({ score }) => score), 1e-9);
  let charsLeft = limit * charsPerHit;
  return choices
    .sort((a, b) => retired(a) - retired(b) || b.score - a.score || a.part - b.part)
    .filter(({ score }, rank) => rank < alwaysKept || score >= noiseShare * best)
    .slice(0, limit)
    .map(({ candidate, chunk, score }) => {
      const { record } = candidate.standard;
      const shown = showChunk(record, chunk, charsLeft);
      charsLeft -= shown.content.length;
      return {
        id: record.id,
        file: record.file,
        ...shown,
        layer: record.layer,
        approval: record.approval,
        tags: record.tags,
        relevance: Math.round(Math.min(1, score) * 1_000) / 1_000,
        reason: reasonOf(candidate, catalogue, terms),
        citation: `${record.file}:${shown.line} (${shown.section.slice(record.title.length).replace(/^ > /, '') || record.title}) [${standingOf(record)}]`,
      };
    });
}

function choicesOf(candidate: ScoredCandidate, third: number): Choice[] {
  const [first = { chunk: 0, score: 0 }, second] = candidate.chunks();
  const choices = [{ candidate, chunk: first.chunk, score: candidate.score, part: 1 }];
  if (second !== undefined && second.score >= secondNearness * first.score) {
    choices.push({
      candidate,
      chunk: second.chunk,
      score: Math.min(secondShare * candidate.score, third),
      part: 2,
    });
  }
  return choices;
}

const standingOf = ({ retired, approval }: ScoredCandidate['standard']['record']) =>
  retired ? 'retired' : approval;

function reasonOf(
  { standard, meaning }: ScoredCandidate,
  catalogue: Catalogue,
  terms: readonly QuestionTerm[],
): string {
  const held = terms.filter(({ term }) => catalogue.standardWords.holds(standard.number, term));
  const words = [...new Set(held.map(({ written }) => written))].slice(0, 6);
  return [
    ...(words.length === 0 ? [] : [`words: ${words.join(', ')}`]),
    ...(meaning === undefined ? [] : [`meaning ${meaning.toFixed(2)}`]),
  ].join('; ');
}
