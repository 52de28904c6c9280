/**
 * Shows which tests prove which requirement: `npm run requirements [-- --strict]`.
 *
 * Reads the rows of `docs/requirements.md` and the `[A4]`-style ids in the titles of tests under `src` and `test`.
 * Exits 1 when a title names no row, and with `--strict` also when a row that is due has no test.
 */
import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { requirementRows, testsByRequirement } from './requirements/coverage.ts';

const root = join(import.meta.dirname, '..');
const rows = requirementRows(readFileSync(join(root, 'docs/requirements.md'), 'utf8'));
const files = globSync(['src/**/*.test.ts', 'src/**/*.conformance.ts', 'test/**/*.test.ts'], { cwd: root })
  .map((path) => path.split(sep).join('/'))
  .filter((path) => !path.startsWith('test/requirements/'))
  .sort()
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
const tests = testsByRequirement(files);

for (const { id, isDue, text } of rows) {
  const proofs = tests.get(id) ?? [];
  if (!isDue && proofs.length === 0) continue;
  console.log(`${id}${isDue ? '' : ' (not due)'}: ${text}`);
  for (const { path, line, title } of proofs) console.log(`    ${path}:${line} ${title}`);
  if (proofs.length === 0) console.log('    no test');
}

const due = rows.filter((row) => row.isDue);
const unproven = due.filter(({ id }) => !tests.has(id)).map(({ id }) => id);
const unheardOf = [...tests.keys()].filter((id) => !rows.some((row) => row.id === id));
console.log(`\n${rows.length} rows, ${due.length} due, ${due.length - unproven.length} of them with tests.`);
if (unproven.length > 0) console.log(`Due without a test: ${unproven.join(', ')}`);
if (unheardOf.length > 0) console.log(`In titles, but no row: ${unheardOf.join(', ')}`);
const strict = process.argv.includes('--strict');
process.exitCode = unheardOf.length > 0 || (strict && unproven.length > 0) ? 1 : 0;
