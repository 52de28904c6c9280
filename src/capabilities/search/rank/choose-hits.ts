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

/** The best parts of the best standards, at most two of one, as they are shown; what is retired comes last. */
export function chooseHits(
  candidates: readonly ScoredCandidate[],
  limit: number,
  { catalogue, terms }: { catalogue: Catalogue; terms: readonly QuestionTerm[] },
): StandardHit[] {
  const inForce = candidates.filter((candidate) => !standsBehind(candidate));
  const third = inForce[alwaysKept - 1]?.score ?? Infinity;
  const choices = inForce
    .slice(0, limit)
    .flatMap((candidate) => choicesOf(candidate, third))
    .sort((a, b) => b.score - a.score || a.part - b.part)
    .filter(({ score }, rank) => rank < alwaysKept || score >= noiseShare * inForce[0]!.score)
    .slice(0, limit);
  let charsLeft = limit * charsPerHit;
  return withRetired(choices, candidates.filter(standsBehind), limit).map(({ candidate, chunk, score }) => {
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

const standsBehind = ({ standard, isNamed }: ScoredCandidate) => standard.record.retired && isNamed !== true;

/**
 * What is retired takes the room that is left, one part of each. Where there is none, the best of them takes the place of
 * the last hit that matches less, so that whoever asks for an old rule is led to what replaced it; never one of the first
 * three.
 */
function withRetired(
  choices: readonly Choice[],
  retired: readonly ScoredCandidate[],
  limit: number,
): Choice[] {
  const [best] = retired;
  if (best === undefined) return [...choices];
  const isFull = choices.length === limit;
  const givesWay = isFull && limit > alwaysKept && choices.at(-1)!.score < best.score;
  const kept = givesWay ? choices.slice(0, -1) : choices;
  const least = noiseShare * Math.max(best.score, choices[0]?.score ?? 0);
  const added = retired
    .filter(({ score }, rank) => kept.length + rank < alwaysKept || score >= least)
    .map((candidate) => ({
      candidate,
      chunk: candidate.chunks()[0]?.chunk ?? 0,
      score: candidate.score,
      part: 1,
    }));
  return [...kept, ...added].slice(0, limit);
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

function standingOf({ retired, replacedBy, approval }: ScoredCandidate['standard']['record']): string {
  if (!retired) return approval;
  return replacedBy === null ? 'retired' : `retired, replaced by ${replacedBy}`;
}

function reasonOf(
  { standard, meaning, isNamed }: ScoredCandidate,
  catalogue: Catalogue,
  terms: readonly QuestionTerm[],
): string {
  const held = terms.filter(({ term }) => catalogue.standardWords.holds(standard.number, term));
  const words = [...new Set(held.map(({ written }) => written))].slice(0, 6);
  return [
    ...(isNamed === true ? ['its name'] : []),
    ...(words.length === 0 ? [] : [`words: ${words.join(', ')}`]),
    ...(meaning === undefined ? [] : [`meaning ${meaning.toFixed(2)}`]),
  ].join('; ');
}
