import { blocksOf, type Block } from './blocks.ts';

/** A part of a standard that is found, shown and embedded as one. */
export interface Chunk {
  /** Path of headings: `Error responses > Pattern`; several that were merged are listed, `… > Anti-patterns, Sources`. */
  section: string;
  /** First line in the file, from 1. */
  line: number;
  /** Last line in the file. */
  endLine: number;
  text: string;
}

/** What is cut into chunks: Markdown without front matter, and the line of the file where it begins. */
export interface ChunkSource {
  title: string;
  body: string;
  bodyLine: number;
}

/** Counts with each change of what follows: other chunks mean that the index is built anew. */
export const chunkerVersion = 1;

const maxChars = 1_000;
/** Smaller pieces say too little by themselves and are merged with a neighbour. */
const minChars = 260;

/** Lines that belong together: `start` to `end` (exclusive) within the body, under these headings. */
interface Piece {
  start: number;
  end: number;
  sections: readonly (readonly string[])[];
}

/**
 * Cuts a standard at its headings. Sections of more than a thousand characters are divided between paragraphs and list
 * items, small ones merged with a neighbour under the same top heading; a code fence stays whole, whatever its length.
 *
 * Guarantee: every line of the body that is not blank is in exactly one chunk, in order, with its line number.
 */
export function chunkStandard({ title, body, bodyLine }: ChunkSource): Chunk[] {
  const lines = body.split(/\r?\n/);
  const pieces = merge(lines, divide(lines, blocksOf(lines)));
  return pieces.map(({ start, end, sections }) => ({
    section: labelOf(sections, title),
    line: bodyLine + start,
    endLine: bodyLine + end - 1,
    text: lines.slice(start, end).join('\n'),
  }));
}

/** One or more pieces for each section, none of them over the limit where that can be helped. */
function divide(lines: readonly string[], blocks: readonly Block[]): Piece[] {
  const pieces: Piece[] = [];
  const path: { level: number; heading: string }[] = [];
  let current: Piece | undefined;
  let afterHeading = false;
  for (const block of withLeadIns(
    lines,
    blocks.flatMap((one) => splitLong(lines, one)),
  )) {
    const isHeading = block.kind === 'heading';
    if (isHeading) {
      while ((path.at(-1)?.level ?? 0) >= block.level) path.pop();
      path.push(block);
    }
    const fits = current !== undefined && lengthOf(lines, current.start, block.end) <= maxChars;
    if (current === undefined || isHeading || !(fits || afterHeading)) {
      current = { start: block.start, end: block.end, sections: [path.map(({ heading }) => heading)] };
      pieces.push(current);
    } else current.end = block.end;
    // A heading is nothing without its text.
    afterHeading = isHeading;
  }
  return pieces;
}

/** "For example:" stays with the example. */
function withLeadIns(lines: readonly string[], blocks: readonly Block[]): Block[] {
  const joined: Block[] = [];
  for (const block of blocks) {
    const before = joined.at(-1);
    const isLedIn = before?.kind === 'text' && lines[before.end - 1]!.trimEnd().endsWith(':');
    if (isLedIn && block.kind !== 'heading') joined[joined.length - 1] = { ...before, end: block.end };
    else joined.push(block);
  }
  return joined;
}

/** A run of lines over the limit is taken apart before list items, and where there are none before any line. */
function splitLong(lines: readonly string[], block: Block): Block[] {
  if (block.kind !== 'text' || lengthOf(lines, block.start, block.end) <= maxChars) return [block];
  const starts: number[] = [block.start];
  const hasItems = lines.slice(block.start + 1, block.end).some((line) => listItem.test(line));
  for (let at = block.start + 1; at < block.end; at += 1) {
    if (!hasItems || listItem.test(lines[at]!)) starts.push(at);
  }
  return starts.map((start, index) => ({ ...block, start, end: starts[index + 1] ?? block.end }));
}

const listItem = /^ {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]/;

function merge(lines: readonly string[], pieces: readonly Piece[]): Piece[] {
  const merged: Piece[] = [];
  for (const piece of pieces) {
    const before = merged.at(-1);
    if (before !== undefined && belongTogether(lines, before, piece)) {
      before.end = piece.end;
      before.sections = [...before.sections, ...piece.sections];
    } else merged.push({ ...piece });
  }
  return merged;
}

function belongTogether(lines: readonly string[], before: Piece, piece: Piece): boolean {
  const isTiny = [before, piece].some(({ start, end }) => lengthOf(lines, start, end) < minChars);
  const sameTop = (before.sections[0]![0] ?? '') === (piece.sections[0]![0] ?? '');
  return isTiny && sameTop && lengthOf(lines, before.start, piece.end) <= maxChars;
}

function lengthOf(lines: readonly string[], start: number, end: number): number {
  let length = end - start - 1;
  for (let at = start; at < end; at += 1) length += lines[at]!.length;
  return length;
}

/** The headings all parts share, then those in which they differ. */
function labelOf(sections: readonly (readonly string[])[], title: string): string {
  const paths = sections.map((path) => (path[0] === title ? path.slice(1) : path).join(' > '));
  const distinct = [...new Set(paths.filter((path) => path !== ''))];
  return distinct.length === 0 ? title : `${title} > ${distinct.join(', ')}`;
}
