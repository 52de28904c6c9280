// For whoever writes rules:
//   node scripts/rules.ts check [trade[/family[/name]]]              run the cases of the rules
//   node scripts/rules.ts scan <folder> [--trade t] [--only id-part] print findings
import { readFile, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import {
  checkCases,
  compileRule,
  familyNames,
  familyOf,
  loadPack,
  matchFile,
  openParser,
  openSource,
  trades,
  type CompiledRule,
  type Family,
  type Parser,
  type Trade,
} from '../src/capabilities/analyzers/testing.ts';

const [command, argument, ...rest] = process.argv.slice(2);
const parser = await openParser();
if (command === 'check') process.exitCode = await check(argument ?? '', parser);
else if (command === 'scan' && argument !== undefined) await scan(argument, rest, parser);
else {
  console.error(
    'Usage: node scripts/rules.ts check [trade/family/name] | scan <folder> [--trade t] [--only part]',
  );
  process.exitCode = 2;
}

async function check(prefix: string, parser: Parser): Promise<number> {
  let rules = 0;
  let failures = 0;
  const [trade, family] = prefix.split('/');
  const ofTrades = trades.filter((t) => !trade || t === trade);
  const ofFamilies = familyNames.filter((f) => !family || f === family);
  for (const rule of await compiled(ofTrades, ofFamilies, parser)) {
    if (!rule.text.id.startsWith(prefix)) continue;
    rules++;
    for (const failure of checkCases(rule, parser)) {
      failures++;
      console.log(`${rule.text.id}: ${failure}`);
    }
  }
  console.log(`${rules} rules, ${failures} failing cases`);
  return failures === 0 ? 0 : 1;
}

async function scan(folder: string, options: readonly string[], parser: Parser): Promise<void> {
  const trade = valueOf('--trade', options) as Trade | undefined;
  const only = valueOf('--only', options) ?? '';
  const rules = (await compiled(trade === undefined ? trades : [trade], familyNames, parser)).filter((r) =>
    r.text.id.includes(only),
  );
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
}

async function compiled(
  of: readonly Trade[],
  families: readonly Family[],
  parser: Parser,
): Promise<CompiledRule[]> {
  const packs = await Promise.all(of.flatMap((trade) => families.map((family) => loadPack(trade, family))));
  return packs.flat().map((text) => compileRule(text, parser));
}

function valueOf(option: string, options: readonly string[]): string | undefined {
  const at = options.indexOf(option);
  return at < 0 ? undefined : options[at + 1];
}
