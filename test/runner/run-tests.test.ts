import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { testEnvironment } from './test-environment.ts';

const entry = resolve(import.meta.dirname, '../run-tests.ts');

async function runOn(
  t: TestContext,
  files: Record<string, string>,
  options: { args?: string[]; env?: NodeJS.ProcessEnv } = {},
): Promise<{ code: number | null; lastLine: string; output: string }> {
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
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, lastLine: output.trimEnd().split('\n').at(-1) ?? '', output };
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

  it('hides model keys from tests and keeps them on this machine', async (t) => {
    const test = `import assert from 'node:assert/strict';
      it('sees no key', () => assert.equal(process.env.OPENAI_API_KEY, undefined));
      it('cannot leave', () => assert.rejects(fetch('http://192.0.2.1/'), (error) => /192\\.0\\.2\\.1/.test(error.cause.message)));`;
    const { lastLine } = await runOn(t, { 'src/a.test.ts': test }, { env: { OPENAI_API_KEY: 'not-a-key' } });
    assert.equal(lastLine, '2 passed, 0 failed');
  });
});
