import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { redactSecrets } from '../../analyzers/index.ts';
import { scriptedModel } from '../../models/testing.ts';
import { dataOf, openReviewDesk } from '../review-fixture.ts';

const token = 'ghp_' + 'aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5';
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

describe('secrets of a project', () => {
  it('[A9] reach no model: not by context, task, files, searches, diffs, or a line quoted in a finding', async (t) => {
    const desk = await openReviewDesk(t, {
      'src/config.ts': `export const token = '${token}';\n`,
      'src/key.pem': 'public part\n',
      'AGENTS.md': `Use the token ${token} in tests.\n`,
    });
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
        cwd: desk.root,
      });
    git('init', '-q');
    git('add', 'src', 'AGENTS.md');
    git('commit', '-q', '-m', 'begin');
    await writeFile(join(desk.root, 'src/key.pem'), pem);
    await writeFile(join(desk.root, 'src/new.ts'), 'export {};\n');

    const secretsOf = [token, token.slice(0, 24), ...pem.split('\n').slice(1, -3)];
    const clean = (prompt: unknown) => {
      const text = JSON.stringify(prompt);
      for (const secret of secretsOf) assert.ok(!text.includes(secret), 'a secret was sent');
    };
    const about = { severity: 'high', title: 'x', why: 'w', remedy: 'r' };
    const model = scriptedModel(t, [
      {
        expects: ({ prompt }) => clean(prompt),
        reply: [
          { tool: 'read_file', input: { path: 'src/config.ts' } },
          { tool: 'read_file', input: { path: 'src/key.pem' } },
          { tool: 'read_file', input: { path: 'src/key.pem', from_line: 4, to_line: 9 } },
          { tool: 'grep_files', input: { pattern: 'token|^[A-Z]' } },
          { tool: 'grep_files', input: { pattern: '.{60}' } },
          { tool: 'git_diff', input: {} },
          { tool: 'search_standards', input: { query: 'token' } },
          {
            tool: 'report_finding',
            input: { ...about, file: 'src/config.ts', line: 1, quote: 'export const token' },
          },
        ],
      },
      {
        expects: ({ prompt }) => {
          clean(prompt);
          assert.match(JSON.stringify(prompt), /New files that git does not know yet[^.]*src\/new\.ts/);
        },
        reply: 'Seen.',
      },
    ]);
    const job = await desk.review({ model, task: `review src, the token is ${token}`, context: `a\n${pem}` });
    const review = dataOf(job);
    assert.equal(review.findings.length, 1);
    assert.match(review.findings[0]!.quote, /\[redacted: /);
    assert.ok(!job.result!.includes(token));
    const notes = review.notes.join('\n');
    for (const part of ['context', 'task', 'project instructions', 'files that were read', 'diff'])
      assert.match(notes, new RegExp(`secrets? (?:was|were) masked in the ${part}`));
  });

  it('[X5] a weakness on a line that also holds a secret is found at its line, and the secret is kept nowhere', async (t) => {
    const key = 'AKIAIOSFODNN7EXAMPLE';
    const line = `const key="${key}"; eval(process.argv[2]); require("child_process").exec("rm "+process.argv[3]);`;
    const desk = await openReviewDesk(t, { 'src/ok.js': `${line}\n` });
    const job = await desk.review({ task: 'review src/ok.js' });
    const review = dataOf(job);
    assert.deepEqual(review.unplaced, []);
    assert.ok(review.findings.filter(({ severity }) => severity === 'critical').length >= 2);
    for (const { line: at, place_verified, evidence, quote } of review.findings) {
      assert.deepEqual([at, place_verified], [1, true]);
      assert.notEqual(evidence, null);
      assert.match(quote, /const key="\[redacted: aws-access-key\]"; eval\(/);
    }
    const steps = await desk.store.steps(job.id, { after: 0, limit: 100 });
    assert.ok(!JSON.stringify([job, steps]).includes(key));
  });

  it('[X5] a model quotes a line as read_file and grep_files showed it, and its place is verified', async (t) => {
    const secret = 'checkout-session-2024-Winter';
    const shown = "  sessionSecret: '[redacted: credential]',";
    const desk = await openReviewDesk(t, {
      'src/config.ts': `export const config = {\n  sessionSecret: '${secret}',\n};\n`,
      '.env': 'DB_PASSWORD=Winter2024!\nSMTP_PASS=correct-horse-battery\n',
    });
    const clean = (prompt: unknown) => {
      for (const value of [secret, 'Winter2024!', 'correct-horse-battery'])
        assert.ok(!JSON.stringify(prompt).includes(value), value);
    };
    const about = { severity: 'high', title: 'x', why: 'w', remedy: 'r', file: 'src/config.ts' };
    const model = scriptedModel(t, [
      {
        expects: ({ prompt }) => clean(prompt),
        reply: [
          { tool: 'read_file', input: { path: 'src/config.ts' } },
          { tool: 'read_file', input: { path: '.env', from_line: 2 } },
          { tool: 'grep_files', input: { pattern: 'Secret|PASS', paths: ['.'] } },
        ],
      },
      {
        expects: ({ prompt }) => {
          clean(prompt);
          const text = JSON.stringify(prompt);
          assert.ok(text.includes(`2\\t${shown}`), 'as read_file shows it');
          assert.ok(text.includes(`src/config.ts:2: ${shown}`), 'as grep_files shows it');
        },
        reply: [{ tool: 'report_finding', input: { ...about, line: 1, quote: shown } }],
      },
      { expects: ({ prompt }) => clean(prompt), reply: 'Seen.' },
    ]);
    const job = await desk.review({ model, task: 'review src', context: 'DB_PASSWORD=Winter2024!' });
    const { findings, unplaced } = dataOf(job);
    assert.deepEqual(unplaced, []);
    assert.deepEqual(
      findings.map(({ line, quote }) => [line, quote]),
      [[2, shown.trim()]],
    );
  });

  it('[A9] a line of a key that a diff has above a hunk is masked, in the diff of git and in one that comes along', async (t) => {
    const steps = Array.from({ length: 8 }, (_, index) => `  step ${index}`);
    const body = pem.trim().split('\n').slice(1, -2);
    const text = ['A note.', ...body, ...steps, ''].join('\n');
    const desk = await openReviewDesk(t, { 'note.txt': text });
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
        cwd: desk.root,
        encoding: 'utf8',
      });
    git('init', '-q');
    git('add', '.');
    git('commit', '-q', '-m', 'begin');
    await writeFile(join(desk.root, 'note.txt'), text.replace('step 4', 'step four'));
    const diff = git('diff');
    assert.ok(body.some((line) => diff.includes(` @@ ${line}`)));
    const clean = (given: unknown) => {
      const sent = JSON.stringify(given);
      for (const line of body) assert.ok(!sent.includes(line), 'a line of the key');
    };
    const model = scriptedModel(t, [
      { expects: ({ prompt }) => clean(prompt), reply: [{ tool: 'git_diff', input: {} }] },
      {
        expects: ({ prompt }) => {
          clean(prompt);
          const sent = JSON.stringify(prompt);
          assert.equal(sent.split(' @@ [redacted: privatekey]').length, 3);
          assert.match(sent, /\+ {2}step four/);
        },
        reply: 'Seen.',
      },
    ]);
    const job = await desk.review({
      model,
      task: 'review this diff',
      context: (await redactSecrets(diff)).text,
    });
    assert.equal(dataOf(job).scope, 'the changed lines of note.txt');
    clean(job);
    clean(await desk.store.steps(job.id, { after: 0, limit: 100 }));
  });

  it('[A9] an ignored file stays out of the diff, and is named as withheld', async (t) => {
    const desk = await openReviewDesk(t, { 'src/a.ts': 'export {};\n', 'local.env': 'A=1\n' });
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
        cwd: desk.root,
      });
    git('init', '-q');
    git('add', '.');
    git('commit', '-q', '-m', 'begin');
    await writeFile(join(desk.root, '.agent-osignore'), 'local.env\n');
    await writeFile(join(desk.root, 'local.env'), 'A=the private value\n');
    const model = scriptedModel(t, [
      { reply: [{ tool: 'git_diff', input: {} }] },
      {
        expects: ({ prompt }) => {
          const text = JSON.stringify(prompt);
          assert.ok(!text.includes('the private value'));
          assert.match(text, /Changed, but ignored, so not shown: local\.env/);
        },
        reply: 'Seen.',
      },
    ]);
    const job = await desk.review({ model, task: 'what changed in this repository' });
    assert.deepEqual(dataOf(job).skipped, [{ file: 'local.env', reason: 'ignored' }]);
  });
});
