import type { StandardRecord } from '../catalogue/standard-record.ts';

/** Longest text of a hit. */
const maxChars = 1_200;

/**
 * A chunk as an answer shows it: the standard's rule in a sentence before it where that fits, a text that is too long cut at
 * the end of a line with a word on where the rest stands.
 */
export function showChunk(
  record: StandardRecord,
  chunk: number,
  charsLeft: number,
): { section: string; line: number; content: string } {
  const found = record.chunks[chunk];
  if (found === undefined) return { section: record.title, line: 1, content: record.lead };
  const { section, line, text } = found;
  const room = Math.max(0, Math.min(maxChars, charsLeft));
  const lead = record.lead === '' || text.includes(record.lead) ? '' : `${record.lead}\n\n`;
  if (lead.length + text.length <= room) return { section, line, content: lead + text };
  if (text.length <= Math.max(room, minChars)) return { section, line, content: text };
  const cut = text.slice(0, Math.max(room, minChars));
  const kept = cut.slice(0, Math.max(cut.lastIndexOf('\n'), 0)) || cut;
  return { section, line, content: `${kept}\n… (cut; the rest: ${record.file}:${line})` };
}

/** However little room is left, a hit shows so much. */
const minChars = 300;
