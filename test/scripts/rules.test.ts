import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';

const repository = resolve(import.meta.dirname, '../..');

function rules(...words: string[]) {
  const script = resolve(repository, 'scripts/rules.ts');
  const run = spawnSync(process.execPath, [script, ...words], { cwd: repository, encoding: 'utf8' });
  return { code: run.status, printed: run.stdout.trimEnd(), said: run.stderr.trimEnd() };
}

describe('npm run rules', () => {
  it('runs the cases of the rules whose ids begin so', () => {
    assert.deepEqual(rules('check', 'security/python/sql-from-string'), {
      code: 0,
      printed: '1 rules, 0 failing cases',
      said: '',
    });
  });

  it('prints the findings of a folder', () => {
    const { code, printed } = rules(
      'scan',
      'examples/checkout/src',
      '--trade',
      'security',
      '--only',
      'sql-from',
    );
    assert.equal(code, 0);
    assert.match(printed, /^admin\.ts:\d+ critical security\/typescript\/sql-from-string\n {4}\S/);
  });

  for (const [words, said] of [
    [
      ['check', 'security/pyton/sql-from-string'],
      /^No rule's id begins with security\/pyton\/sql-from-string\. Did you mean security\/python\/sql-from-string, /,
    ],
    [['check', 'sql-from-strin'], /Did you mean security\/typescript\/sql-from-string, /],
    [['check', 'securty'], /Did you mean security\?$/],
    [['check', 'nothing-like-it'], /Trades: security, /],
    [['scan', 'no-such-folder'], /^There is no folder no-such-folder\.$/],
    [['scan', 'README.md'], /^There is no folder README\.md\.$/],
    [['scan', 'scripts', '--trade', 'securty'], /^There is no trade securty\. Did you mean security\?$/],
    [['scan', 'scripts', '--only', 'nothing-like-it'], /^No rule's id has nothing-like-it in it\. Trades: /],
    [['scan', 'scripts', '--trade'], /^Usage: /],
    [['scan'], /^Usage: /],
    [[], /^Usage: /],
  ] as const)
    it(`answers a wrong call in one line, and ends with 2: ${words.join(' ') || '(nothing)'}`, () => {
      const answer = rules(...words);
      assert.deepEqual([answer.code, answer.printed], [2, '']);
      assert.match(answer.said, said);
      assert.equal(answer.said.split('\n').length, 1);
    });
});
