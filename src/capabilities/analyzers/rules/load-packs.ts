import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument, type Document } from 'yaml';
import { ownFile } from '../../../kernel/index.ts';
import type { Family, Trade } from '../evidence.ts';
import { analyzerErrors } from '../errors.ts';
import { packSchema, type RuleText } from './rule-schema.ts';

const packsFolder = ownFile(import.meta.url, { source: '../packs/', built: './packs/' });

/**
 * The rules of one trade and family, in the file's order; empty when there is no such pack. With `wanted` only those:
 * the lines of the others are not parsed, which is most of the time that loading takes.
 * Errors: `analyzers.bad_pack` with file, line and problem.
 */
export async function loadPack(
  trade: Trade,
  family: Family,
  wanted?: (id: string) => boolean,
): Promise<RuleText[]> {
  const text = await readPack(trade, family);
  if (text === undefined) return [];
  const kept = wanted === undefined ? text : onlyRules(text, wanted);
  if (kept === undefined) return [];
  return parsePack(kept, `${trade}/${family}.yaml`, `${trade}/${family}/`);
}

/** The ids of the rules of one trade and family, without parsing them. */
export async function idsInPack(trade: Trade, family: Family): Promise<string[]> {
  const text = (await readPack(trade, family)) ?? '';
  return Array.from(text.matchAll(ruleStart), ([, id]) => id!);
}

/** Where a rule begins in a pack, and its id. */
const ruleStart = /^ {2}- id: (\S+)$/gm;

/** A pack's text with the lines of all other rules empty, so that lines keep their numbers. */
function onlyRules(text: string, wanted: (id: string) => boolean): string | undefined {
  const starts = [...text.matchAll(ruleStart)];
  if (!starts.some(([, id]) => wanted(id!))) return undefined;
  const parts = starts.map(({ index, 1: id }, at) => {
    const part = text.slice(index, starts[at + 1]?.index);
    return wanted(id!) ? part : part.replaceAll(/[^\n]+/g, '');
  });
  return text.slice(0, starts[0]!.index) + parts.join('');
}

async function readPack(trade: Trade, family: Family): Promise<string | undefined> {
  try {
    return await readFile(new URL(`${trade}/${family}.yaml`, packsFolder), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Reads a pack's text. `prefix` is what each id must begin with. Errors: `analyzers.bad_pack`. */
export function parsePack(text: string, pack: string, prefix: string): RuleText[] {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const broken = document.errors[0];
  if (broken !== undefined) {
    const problem = broken.message.split('\n')[0]!.replace(/ at line \d+.*$/, '');
    throw analyzerErrors.make('analyzers.bad_pack', {
      pack,
      line: counter.linePos(broken.pos[0]).line,
      problem,
    });
  }
  const parsed = packSchema.safeParse(document.toJS());
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const path = issue.path as (string | number)[];
    throw analyzerErrors.make('analyzers.bad_pack', {
      pack,
      line: lineOf(document, path, counter),
      problem: `${path.join('.')}: ${issue.message}`,
    });
  }
  const seen = new Set<string>();
  parsed.data.rules.forEach((rule, at) => {
    const problem = seen.has(rule.id) ? `${rule.id} appears twice` : undefined;
    const misplaced = rule.id.startsWith(prefix) ? problem : `${rule.id} does not begin with ${prefix}`;
    seen.add(rule.id);
    if (misplaced === undefined) return;
    const line = lineOf(document, ['rules', at, 'id'], counter);
    throw analyzerErrors.make('analyzers.bad_pack', { pack, line, problem: misplaced });
  });
  return parsed.data.rules.map((rule, at) => ({ ...rule, line: lineOf(document, ['rules', at], counter) }));
}

/** The line of the value at a path, or of the nearest value around it. */
function lineOf(document: Document, path: readonly (string | number)[], counter: LineCounter): number {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as
      { range?: [number, number, number] } | undefined;
    if (node?.range) return counter.linePos(node.range[0]).line;
  }
  return 1;
}
