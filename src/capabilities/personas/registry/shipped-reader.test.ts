import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { builtInFolder } from '../testing.ts';
import { shippedReader } from './shipped-reader.ts';
import { frontMatterIndexFile } from './front-matter-index.ts';
import { defaultFolderLimits } from './layer-folder.ts';

const run = promisify(execFile);

describe('shippedReader', () => {
  it('reads the shipped personas without loading the YAML parser or the schemas', async () => {
    const script = `
      const { registerHooks } = await import('node:module');
      const packages = new Set();
      registerHooks({ resolve(specifier, context, next) {
        const resolved = next(specifier, context);
        const name = /node_modules[\\\\/]([^\\\\/]+)/.exec(resolved.url)?.[1];
        if (name !== undefined) packages.add(name);
        return resolved;
      } });
      const { shippedReader } = await import(process.argv[1]);
      const { documents } = await shippedReader(process.argv[2], { maxDocumentBytes: 50000, maxFiles: 500 }).read();
      console.log(JSON.stringify({ personas: documents.length, packages: [...packages] }));`;
    const reader = new URL('./shipped-reader.ts', import.meta.url).href;
    const { stdout } = await run(process.execPath, [
      '--input-type=module',
      '-e',
      script,
      reader,
      builtInFolder,
    ]);
    const files = (await readdir(builtInFolder)).filter((file) => file.endsWith('.md'));
    assert.deepEqual(JSON.parse(stdout), { personas: files.length, packages: [] });
  });

  for (const [what, index] of [
    ['missing', undefined],
    ['damaged', '{"architect.md":'],
    ['stale', '{"architect.md":{"contentHash":"0","data":{},"values":{"name":"Old"}}}'],
  ] as const) {
    it(`reads the same personas when the index is ${what}`, async (t) => {
      const folder = await mkdtemp(join(tmpdir(), 'shipped-'));
      t.after(() => rm(folder, { recursive: true, force: true }));
      await cp(builtInFolder, folder, { recursive: true });
      const path = join(folder, frontMatterIndexFile);
      await (index === undefined ? rm(path) : writeFile(path, index));
      // The index knows no places: what it holds is known to be right.
      const readFrom = async (from: string) => {
        const { documents, problems } = await shippedReader(from, defaultFolderLimits).read();
        return { problems, documents: documents.map(({ checkPlaces: _, ...document }) => document) };
      };
      assert.deepEqual(await readFrom(folder), await readFrom(builtInFolder));
    });
  }
});
