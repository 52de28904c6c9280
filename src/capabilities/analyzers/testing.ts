import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';

// What the workbench for rule authors (`scripts/rules.ts`) works with: one rule, before a whole analysis.
export { familyNames, trades } from './evidence.ts';
export type { Family, Trade } from './evidence.ts';
export { familyOf } from './families/family.ts';
export { checkCases } from './rules/check-cases.ts';
export { compileRule } from './rules/compile-rule.ts';
export type { CompiledRule } from './rules/compiled-rule.ts';
export { idsInPack, loadPack } from './rules/load-packs.ts';
export { matchFile } from './rules/match-file.ts';
export { openParser } from './rules/parser.ts';
export type { Parser } from './rules/parser.ts';
export { openSource } from './rules/source-file.ts';

/** A folder with these files, removed when the test ends. Returns its path. */
export async function projectWith(
  t: TestContext,
  files: Readonly<Record<string, string | Buffer>>,
): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'troupe-analyzers-'));
  t.after(() => rm(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return root;
}
