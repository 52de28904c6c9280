import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { exampleProject } from '../support/troupe/example-project.ts';
import { connectTroupe } from '../support/troupe/troupe-client.ts';

/** Runs before the program, and notes each file of it that is loaded. */
const noting = `import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
registerHooks({ load(url, context, next) {
  if (url.includes('/dist/')) appendFileSync(process.env.LOADED, fileURLToPath(url) + '\\n');
  return next(url, context);
} });`;

/** What works on a job, finds or analyses: none of it is needed to say which tools there are. */
const notForAStart = [
  'src/capabilities/analyzers/rules/compile-rule.ts',
  'src/capabilities/embeddings/open-embedder.ts',
  'src/capabilities/jobs/worker/worker-pool.ts',
  'src/capabilities/search/open-standards-index.ts',
  'src/capabilities/work/run-review.ts',
];

describe('a start of the built `troupe mcp`', () => {
  it(
    'loads of a capability what its operations need, and nothing that works, finds or analyses',
    { skip: process.env['TESTED_TROUPE'] === undefined && 'the sources have no bundles' },
    async (t) => {
      const project = await exampleProject(t);
      const loaded = join(dirname(project.root), 'loaded.txt');
      const hook = `--import=data:text/javascript,${encodeURIComponent(noting)}`;
      const { client } = await connectTroupe(t, project, { env: { NODE_OPTIONS: hook, LOADED: loaded } });
      const modulesLoaded = async () => {
        const files = new Set((await readFile(loaded, 'utf8')).trim().split('\n'));
        const texts = await Promise.all([...files].map((file) => readFile(file, 'utf8')));
        // The bundler says where each piece of a bundle comes from.
        return texts.flatMap((text) => text.match(/(?<=^\/\/(?:#region)? )src\/\S+\.ts$/gm) ?? []);
      };

      const { tools } = await client.listTools();
      assert.ok(tools.length > 0);
      const atStart = await modulesLoaded();
      assert.ok(atStart.includes('src/app/operations.ts'));
      assert.deepEqual(
        notForAStart.filter((module) => atStart.includes(module)),
        [],
      );

      await client.callTool({ name: 'search_standards', arguments: { query: 'errors' } });
      const later = await modulesLoaded();
      assert.deepEqual(
        notForAStart.filter((module) => !later.includes(module)),
        [],
        'these are the names of files that a call loads',
      );
    },
  );
});
