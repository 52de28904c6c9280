// For whoever writes rules:
//   npm run rules -- check [trade[/family[/name]]]                     run the cases of the rules
//   npm run rules -- scan <folder> [--trade trade] [--only id-part]    print findings
// Exit code: 0 when every case holds, 1 when one fails or a rule cannot run, 2 for a wrong call.
import { readFile, readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { isAppError, nearestNames } from '../src/kernel/index.ts';
import {
  checkCases,
  compileRule,
  familyNames,
  familyOf,
  idsInPack,
  loadPack,
  matchFile,
  openParser,
  openSource,
  trades,
  type CompiledRule,
  type Parser,
} from '../src/capabilities/analyzers/testing.ts';

const packs = trades.flatMap((trade) => familyNames.map((family) => ({ trade, family })));

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (!isAppError(error)) throw error;
  process.exitCode = refuse(`${error.message} ${error.remedy}`, 1);
}

async function run([command, argument, ...options]: readonly string[]): Promise<number> {
  if (command === 'check' && options.length === 0) return check(argument ?? '');
  const chosen = command === 'scan' && argument !== undefined ? scanOptions(options) : undefined;
  if (chosen !== undefined) return scan(argument!, chosen);
  return refuse(
    'Usage: npm run rules -- check [trade/family/name] | scan <folder> [--trade trade] [--only id-part]',
  );
}

interface ScanOptions {
  trade?: string;
  only?: string;
}

function scanOptions(args: readonly string[]): ScanOptions | undefined {
  try {
    const options = { trade: { type: 'string' }, only: { type: 'string' } } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch {
    return undefined;
  }
}

async function check(prefix: string): Promise<number> {
  const parser = await openParser();
  const rules = await compiled((id) => id.startsWith(prefix), parser);
  if (rules.length === 0) return refuse(`No rule's id begins with ${prefix}.${await alike(prefix)}`);
  let failures = 0;
  for (const rule of rules) {
    for (const failure of checkCases(rule, parser)) {
      failures++;
      console.log(`${rule.text.id}: ${failure}`);
    }
  }
  console.log(`${rules.length} rules, ${failures} failing cases`);
  return failures === 0 ? 0 : 1;
}

async function scan(folder: string, { trade, only = '' }: ScanOptions): Promise<number> {
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) return refuse(`There is no folder ${folder}.`);
  if (trade !== undefined && !trades.some((one) => one === trade))
    return refuse(`There is no trade ${trade}.${await alike(trade)}`);
  const parser = await openParser();
  const rules = await compiled((id) => id.startsWith(trade ?? '') && id.includes(only), parser);
  if (rules.length === 0) return refuse(`No rule's id has ${only} in it.${await alike(only)}`);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const absolute = join(entry.parentPath, entry.name);
    const path = relative(folder, absolute).replaceAll(sep, '/');
    const known = entry.isFile() && !path.includes('node_modules/') ? familyOf(path) : undefined;
    if (known === undefined) continue;
    const text = await readFile(absolute, 'utf8');
    const own = rules.filter((r) => r.family === known.family);
    for (const f of matchFile(openSource(path, text, known.parser, parser), own)) {
      console.log(`${f.file}:${f.line} ${f.severity} ${f.rule}\n    ${f.quote.split('\n')[0]}`);
    }
  }
  return 0;
}

async function compiled(wanted: (id: string) => boolean, parser: Parser): Promise<CompiledRule[]> {
  const texts = await Promise.all(packs.map(({ trade, family }) => loadPack(trade, family, wanted)));
  return texts.flat().map((text) => compileRule(text, parser));
}

/** Names that may have been meant: a whole id, a trade, a trade's family, or the last part of an id in any family. */
async function alike(given: string): Promise<string> {
  const ids = (await Promise.all(packs.map(({ trade, family }) => idsInPack(trade, family)))).flat();
  const whole = nearestNames(given, [
    ...ids,
    ...trades,
    ...packs.map(({ trade, family }) => `${trade}/${family}`),
  ]);
  const nameOf = (id: string) => id.split('/').at(-1)!;
  const names = nearestNames(nameOf(given), ids.map(nameOf));
  const near = whole.length > 0 ? whole : ids.filter((id) => names.includes(nameOf(id))).slice(0, 3);
  return near.length === 0 ? ` Trades: ${trades.join(', ')}.` : ` Did you mean ${near.join(', ')}?`;
}

function refuse(line: string, exitCode = 2): number {
  console.error(line);
  return exitCode;
}
