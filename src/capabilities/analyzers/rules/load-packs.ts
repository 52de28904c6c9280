import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument, type Document } from 'yaml';
import type { Family, Trade } from '../evidence.ts';
import { analyzerErrors } from '../errors.ts';
import { packSchema, type RuleText } from './rule-schema.ts';

/** From source the packs stand beside this folder; a built file has them in `packs/` beside itself. */
const packsFolder = new URL(import.meta.url.endsWith('.ts') ? '../packs/' : './packs/', import.meta.url);

/**
 * The rules of one trade and family, in the file's order; empty when there is no such pack.
 * Errors: `analyzers.bad_pack` with file, line and problem.
 */
export async function loadPack(trade: Trade, family: Family): Promise<RuleText[]> {
  const pack = `${trade}/${family}.yaml`;
  let text: string;
  try {
    text = await readFile(new URL(pack, packsFolder), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return parsePack(text, pack, `${trade}/${family}/`);
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
