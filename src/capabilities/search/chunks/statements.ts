import { blocksOf } from './blocks.ts';
import type { Chunk } from './chunk-standard.ts';

/** The most there are of one standard: the first ones, so that a long one costs no more than its share. */
const maxStatements = 12;
/** Shorter ones say too little by themselves. */
const minChars = 20;
const listItem = /^ {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]+/;

/** What a text says one by one: its list items and the sentences of its paragraphs, without headings and code; at most 12. */
export function statementsOf(chunks: readonly Pick<Chunk, 'text'>[]): string[] {
  const statements = chunks.flatMap(({ text }) => {
    const lines = text.split('\n');
    return blocksOf(lines)
      .filter(({ kind }) => kind === 'text')
      .flatMap(({ start, end }) => statementsIn(lines.slice(start, end)));
  });
  return [...new Set(statements)].filter(({ length }) => length >= minChars).slice(0, maxStatements);
}

/** Items with the lines that continue them; where there is none, sentences. */
function statementsIn(lines: readonly string[]): string[] {
  const items: string[] = [];
  for (const line of lines) {
    const before = listItem.test(line) ? undefined : items.pop();
    const text = line.replace(listItem, '').trim();
    items.push(before === undefined ? text : `${before} ${text}`);
  }
  const hasItems = lines.some((line) => listItem.test(line));
  return hasItems ? items : items.flatMap((text) => text.split(/(?<=[.!?])\s+(?=[\p{Lu}`])/u));
}
