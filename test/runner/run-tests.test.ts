import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { testEnvironment } from './test-environment.ts';

const entry = resolve(import.meta.dirname, '../run-tests.ts');

async function runOn(
  t: TestContext,
  files: Record<string, string>,
  options: { args?: string[]; env?: NodeJS.ProcessEnv; onStart?: (child: ChildProcess) => void } = {},
): Promise<{ code: number | null; lastLine: string; output: string; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'troupe-run-tests-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries({ 'package.json': '{"type":"module"}', ...files })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(
      join(folder, path),
      `import { describe, it } from 'node:test';\n${text}`.replace(/^.*\n\{/, '{'),
    );
  }
  const env = { ...testEnvironment(process.env), CI: '', ...options.env };
  const child = spawn(process.execPath, [entry, ...(options.args ?? [])], { cwd: folder, env });
  options.onStart?.(child);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, lastLine: output.trimEnd().split('\n').at(-1) ?? '', output, folder };
}

const passing = `it('adds', () => {}); describe('suite', () => { it('subtracts', () => {}); });`;
const failing = `import assert from 'node:assert/strict';
describe('prices', () => { it('adds up', () => { assert.equal(1, 2); }); });`;

describe('the test command', () => {
  it('counts tests, not suites, and exits 0 when all pass', async (t) => {
    const { code, lastLine, output } = await runOn(t, { 'src/a.test.ts': passing });
    assert.equal(lastLine, '2 passed, 0 failed');
    assert.equal(code, 0);
    assert.match(output, /^ok {3}src\/a\.test\.ts: 2 passed/m);
  });

  it('shows a failure in full, counts it once, and exits 1', async (t) => {
    const { code, lastLine, output } = await runOn(t, {
      'src/a.test.ts': passing,
      'test/b.test.ts': failing,
    });
    assert.equal(lastLine, '2 passed, 1 failed');
    assert.equal(code, 1);
    assert.match(output, /prices > adds up \(line 3\)[\s\S]*1 !== 2/);
  });

  it('fails when no test ran', async (t) => {
    const { code, lastLine, output } = await runOn(t, {});
    assert.equal(lastLine, '0 passed, 0 failed');
    assert.equal(code, 1);
    assert.match(output, /No test ran/);
  });

  it('fails on a file without a test', async (t) => {
    const { code, lastLine } = await runOn(t, {
      'src/a.test.ts': passing,
      'src/b.test.ts': 'export const b = 1;',
    });
    assert.equal(lastLine, '2 passed, 1 failed');
    assert.equal(code, 1);
  });

  it('fails on an error that nobody handled, though every test passed', async (t) => {
    const late = `${passing} setImmediate(() => { throw new Error('too late'); });`;
    const { code, output } = await runOn(t, { 'src/a.test.ts': late });
    assert.equal(code, 1);
    assert.match(output, /too late/);
  });

  it('fails on a file that does not load', async (t) => {
    const { code, lastLine, output } = await runOn(t, { 'src/a.test.ts': `import './missing.ts';` });
    assert.equal(lastLine, '0 passed, 1 failed');
    assert.equal(code, 1);
    assert.match(output, /missing\.ts/);
  });

  it('reports a skipped test, and counts it as failed in CI', async (t) => {
    const files = { 'src/a.test.ts': `it('now', () => {}); it.skip('later', () => {});` };
    const local = await runOn(t, files);
    assert.deepEqual([local.code, local.lastLine], [0, '1 passed, 0 failed, 1 skipped']);
    const ci = await runOn(t, files, { env: { CI: 'true' } });
    assert.deepEqual([ci.code, ci.lastLine], [1, '1 passed, 1 failed']);
    assert.match(ci.output, /SKIPPED, which fails here: src\/a\.test\.ts: later/);
  });

  it('selects files by a word of their path, and tests by their title', async (t) => {
    const files = { 'src/a.test.ts': passing, 'test/b.test.ts': failing };
    assert.equal((await runOn(t, files, { args: ['src/a'] })).lastLine, '2 passed, 0 failed');
    assert.equal((await runOn(t, files, { args: ['subtracts'] })).lastLine, '1 passed, 0 failed');
    assert.equal((await runOn(t, files, { args: ['no such title'] })).code, 1);
  });

  it('runs the tests of a title in the files of a path when it is given both', async (t) => {
    const files = { 'src/a.test.ts': passing, 'src/b.test.ts': passing };
    assert.equal((await runOn(t, files, { args: ['src/b', 'subtracts'] })).lastLine, '1 passed, 0 failed');
  });

  it('refuses a path that is none, with the nearest, instead of looking for it in every title', async (t) => {
    const files = {
      'src/capabilities/jobs/operations/list-jobs.test.ts': failing,
      'src/capabilities/jobs/store/job-store.test.ts': failing,
      'test/b.test.ts': `it('answers a/b and the rest', () => {});`,
    };
    for (const word of ['jobs/operatons/list', 'lst-jobs.test.ts']) {
      const { code, output } = await runOn(t, files, { args: [word, 'adds'] });
      assert.equal(code, 2, output);
      const nearest = 'src/capabilities/jobs/operations/list-jobs.test.ts';
      assert.ok(
        output.startsWith(`No path of a test file contains ${word}. Nearest:\n  ${nearest}\n`),
        output,
      );
    }
    assert.equal((await runOn(t, files, { args: ['a/b and'] })).lastLine, '1 passed, 0 failed');
  });

  const onPosix = { skip: process.platform === 'win32' ? 'signals are sent to processes' : false };
  for (const [signal, expected] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    it(
      `${signal}, also twice, ends the test processes, and the copy of the build is gone`,
      onPosix,
      async (t) => {
        const server = createServer();
        server.listen(0, '127.0.0.1');
        await once(server, 'listening');
        t.after(() => server.close());
        const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
        const testEnded = Promise.withResolvers<undefined>();
        const files = {
          'package.json': '{ "type": "module", "files": ["dist"] }',
          'node_modules/tsdown/dist/run.mjs': '',
          'dist/troupe.js': '',
          'test/cli/a.test.ts': passing,
          'test/cli/b.test.ts': `process.once('SIGTERM', () => fetch('${address}ending').finally(() => process.exit()));
          it('waits for an answer that does not come', () => fetch('${address}'));`,
        };
        const { code, lastLine, folder } = await runOn(t, files, {
          onStart: (child) =>
            server.on('request', ({ url, socket }: IncomingMessage, response: ServerResponse) => {
              child.kill(signal);
              if (url === '/ending') response.end();
              else socket.once('close', () => testEnded.resolve(undefined));
            }),
        });
        await testEnded.promise;
        assert.equal(code, expected);
        assert.match(lastLine, new RegExp(`^Stopped by ${signal}; until then \\d passed, 0 failed$`));
        assert.deepEqual(await readdir(join(folder, 'node_modules', '.cache')), []);
      },
    );

  it('hides model keys from tests and keeps them on this machine', async (t) => {
    const test = `import assert from 'node:assert/strict';
      it('sees no key', () => assert.equal(process.env.OPENAI_API_KEY, undefined));
      it('cannot leave', () => assert.rejects(fetch('http://192.0.2.1/'), (error) => /192\\.0\\.2\\.1/.test(error.cause.message)));`;
    const { lastLine } = await runOn(t, { 'src/a.test.ts': test }, { env: { OPENAI_API_KEY: 'not-a-key' } });
    assert.equal(lastLine, '2 passed, 0 failed');
  });
});
