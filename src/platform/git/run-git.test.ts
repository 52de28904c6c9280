import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { temporaryTree } from '../files/testing.ts';
import { gitDiff } from './index.ts';
import { makeRepository } from './testing.ts';

const unstarted = (code: RegExp) => ({
  code: 'git.failed',
  message: new RegExp(`^git \\w+ failed: it could not be started \\(${code.source}\\)\\.$`),
});

test('arguments that are too long for the system are an error with its code', async (t) => {
  const { root, env } = await makeRepository(await temporaryTree(t), 'project');
  const paths = Array.from({ length: 40 }, () => 'x'.repeat(100_000));
  await assert.rejects(gitDiff({ root, env, paths, maxBytes: 1_000 }), unstarted(/E2BIG|ENAMETOOLONG/));
});

/** Opens files until no more can be, then asks for a diff. */
const exhausted = `import { openSync } from 'node:fs';
import { gitDiff } from '${new URL('./index.ts', import.meta.url).href}';
try { for (;;) openSync('/dev/null', 'r'); } catch { /* Now there is no room. */ }
await gitDiff({ root: process.cwd(), maxBytes: 1000 }).catch((error) => console.log(error.code, error.message));
`;

test(
  'where no more files can be opened the call fails, and not the process',
  { skip: process.platform === 'win32' },
  async (t) => {
    const root = await temporaryTree(t);
    const args = [
      '-c',
      'ulimit -n 100; exec "$@"',
      'sh',
      process.execPath,
      '--input-type=module',
      '-e',
      exhausted,
    ];
    const { stdout } = await promisify(execFile)('/bin/sh', args, { cwd: root });
    assert.match(stdout, /^git\.failed git version failed: it could not be started \(E[MN]FILE\)\.\n$/);
  },
);
