import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { systemClock } from '../../kernel/index.ts';
import { openProjectFiles } from './index.ts';
import { temporaryTree } from './testing.ts';

test('matches come in order of path and line, files that were not searched are named', async (t) => {
  const root = await temporaryTree(t, {
    'b.ts': 'no\r\nneedle here\r\n',
    'a.ts': 'needle\nNeedle\n',
    'c.md': 'needle',
    '.gitignore': 'ignored.ts',
    'ignored.ts': 'needle',
    'bin.ts': Buffer.from('needle\0'),
  });
  const files = await openProjectFiles({ root });
  assert.deepEqual(await files.grep({ pattern: '^needle', glob: '*.ts' }), {
    matches: [
      { file: 'a.ts', line: 1, text: 'needle' },
      { file: 'b.ts', line: 2, text: 'needle here' },
    ],
    truncated: false,
    truncatedBy: undefined,
    filesSearched: 2,
    skipped: [{ path: 'bin.ts', reason: 'binary', sizeBytes: 7 }],
  });
  const all = await files.grep({ pattern: 'needle$', ignoreCase: true, under: ['a.ts', 'c.md'] });
  assert.deepEqual(
    all.matches.map(({ file, line }) => `${file}:${line}`),
    ['a.ts:1', 'a.ts:2', 'c.md:1'],
  );
});

test('more matches than asked for are marked as truncated, exactly as many are not', async (t) => {
  const root = await temporaryTree(t, { 'a.txt': 'x\n'.repeat(5), 'b.txt': 'x\n' });
  const files = await openProjectFiles({ root });
  const cut = await files.grep({ pattern: 'x', maxMatches: 5 });
  assert.deepEqual([cut.matches.length, cut.truncated, cut.truncatedBy], [5, true, 'matches']);
  assert.equal((await files.grep({ pattern: 'x', maxMatches: 6 })).truncated, false);
});

test('a long line is cut around the match, and the cuts are marked', async (t) => {
  const root = await temporaryTree(t, { 'a.txt': `${'a'.repeat(1_000)}needle${'b'.repeat(1_000)}` });
  const files = await openProjectFiles({ root });
  const text = (await files.grep({ pattern: 'needle' })).matches[0]!.text;
  assert.match(text, /^…a+needleb+…$/);
  assert.equal(text.length, 402);
});

test('a pattern that is no regular expression is refused', async (t) => {
  const root = await temporaryTree(t, { 'a.txt': 'a' });
  const files = await openProjectFiles({ root });
  for (const pattern of ['(', '', 'a'.repeat(1_001), 'x{2,1}']) {
    await assert.rejects(files.grep({ pattern }), { code: 'files.bad_pattern' });
  }
});

test('a pattern that would never end is stopped at its limit', async (t) => {
  const root = await temporaryTree(t, { 'a.txt': `${'a'.repeat(100)}!` });
  const files = await openProjectFiles({ root, maxPatternMs: 50 });
  await assert.rejects(files.grep({ pattern: '^(a+)+$' }), {
    code: 'files.pattern_too_slow',
    details: { pattern: '^(a+)+$', limitMs: 50 },
  });
  assert.equal((await files.grep({ pattern: 'a!' })).matches.length, 1, 'and the next search works');
});

test('a search that takes too long answers with what it has', async (t) => {
  const root = await temporaryTree(t, { 'a.txt': 'x', 'b.txt': 'x', 'c.txt': 'x' });
  let readings = 0;
  const clock = { ...systemClock, monotonicMs: () => readings++ * 100 };
  const files = await openProjectFiles({ root, clock, maxSearchMs: 250 });
  const cut = await files.grep({ pattern: 'x' });
  assert.deepEqual([cut.filesSearched, cut.matches.length, cut.truncatedBy], [2, 2, 'time']);
});

test('a search reaches at most as many files as the limit says', async (t) => {
  const root = await temporaryTree(t, { 'a.txt': 'x', 'b.txt': 'x', 'c.txt': 'x' });
  const files = await openProjectFiles({ root, maxFiles: 2 });
  const cut = await files.grep({ pattern: 'x' });
  assert.deepEqual([cut.matches.length, cut.truncatedBy], [2, 'files']);
  await assert.rejects(files.grep({ pattern: 'x', under: [path.join('..', 'x')] }), {
    code: 'files.outside_project',
  });
});
