import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { mayHoldSecret } from '../contract/index.ts';
import { redactSecrets } from './find-secrets.ts';
import { bodyOf, knownForms } from './known-forms-fixture.ts';
import { key, shapes } from './secret-shapes-fixture.ts';
import { openSecretlint } from './secretlint.ts';
import { tokenForms } from './token-forms.ts';

/** What the full scan masks, the quick look must not miss. Resolves to whether there was something to miss. */
async function neverMissed(text: string): Promise<boolean> {
  const { redacted } = await redactSecrets(text);
  if (redacted > 0) assert.ok(mayHoldSecret(text), text);
  return redacted > 0;
}

describe('mayHoldSecret', () => {
  it('[A9] misses no shape of a secret', async () => {
    for (const [shape, { secret, write = (k: string) => `use ${k} here` }] of Object.entries(shapes)) {
      await fc
        .assert(
          fc.asyncProperty(secret, async (value) => {
            await neverMissed(write(value));
          }),
          { numRuns: 10 },
        )
        .catch((error: unknown) => assert.fail(`${shape}: ${String(error)}`));
    }
  });

  it('[A9] misses no token, neither those known by their form nor those of each recommended rule', async () => {
    const lint = await openSecretlint();
    const own = tokenForms
      .filter(({ pattern }) => pattern.source.startsWith('(?<!'))
      .map((f) => bodyOf(f.pattern));
    for (const form of [...own, ...Object.values(knownForms)]) {
      let found = 0;
      const token = fc.stringMatching(form);
      await fc.assert(
        fc.asyncProperty(token, fc.constantFrom('', 'use ', '"', 'x: '), async (value, lead) => {
          const text = `${lead}${value}`;
          const seen = (await lint(text, 'text.txt')).length > 0;
          if (seen) assert.ok(mayHoldSecret(text), text);
          if ((await neverMissed(text)) || seen) found += 1;
        }),
        { numRuns: 20 },
      );
      assert.ok(found > 0, `nothing finds ${form.source}`);
    }
  });

  it('[A9] finds a key whose type is a word that every object has', async () => {
    const lint = await openSecretlint();
    const key = ['tskey', 'constructor', 'k8f3a9c2d1', 'Zx81kQp0LmN4vB7sT2wY'].join('-');
    const [found, another] = await lint(`a = "${key}"`, 'text.txt');
    assert.deepEqual([found?.start, found?.end, another], [5, 5 + key.length, undefined]);
  });

  it('knows every recommended rule: a new one needs its form above and in the quick look', async () => {
    const { rules } = await import('@secretlint/secretlint-rule-preset-recommend');
    const ids = rules.map(({ meta }) => meta.id.replace(/^.*secretlint-rule-/, ''));
    const elsewhere = ['gcp', 'privatekey', '1password', 'filter-comments'];
    const named = Object.keys(knownForms);
    assert.deepEqual(
      ids.filter((id) => !elsewhere.includes(id) && !named.includes(id)),
      [],
    );
  });

  it('[A9] misses no value under a secret name, however it is assigned', async () => {
    const name = fc.constantFrom(
      ...[
        'password',
        'dbPasswd',
        'SMTP_PASS',
        'client-secret',
        'SECRET_KEY_BASE',
        'api_key',
        'auth.token',
        'pwd2',
      ],
      ...['psk', 'credentials', 'passphrase', 'ACCESS_KEY_PROD', 'private_key'],
    );
    const assigned = fc.constantFrom(
      ...[
        '=',
        ' = ',
        ' := ',
        ': ',
        '":"',
        '\\": \\"',
        "': '",
        ' => ',
        '===',
        ' != ',
        ' ?? ',
        ' || ',
        ' or ',
        '>',
      ],
      ...[
        '?: string = ',
        ': str = ',
        ' string = ',
        '", ',
        "'] = ",
        '**: `',
        ':** `',
        '\n  value: ',
        ' ',
        ')="',
      ],
    );
    const before = fc.constantFrom(
      '',
      '--',
      'export ',
      '- name: ',
      'get("',
      '<',
      ';',
      '  ',
      "env['",
      '**',
      '"',
    );
    const value = fc.oneof(key(12, 30), fc.constantFrom('hunter2x', 'correct horse battery', 'keyboard cat'));
    let found = 0;
    const parts = [before, name, assigned, fc.constantFrom('', '"', "'", '`'), value] as const;
    await fc.assert(
      fc.asyncProperty(...parts, async (lead, given, sign, quote, secret) => {
        const end = lead === '<' ? `</${given}>` : quote;
        if (await neverMissed(`${lead}${given}${sign}${quote}${secret}${end}`)) found += 1;
      }),
      { numRuns: 1_500 },
    );
    assert.ok(found > 300, `${found} of 1500 hold a secret`);
  });

  it('misses no key line, and passes little of what standards say', async () => {
    assert.ok(await neverMissed(['-----BEGIN', 'PRIVATE KEY-----\nMIIEvQ'].join(' ')));
    assert.ok(await neverMissed(`+${'aB3'.repeat(22)}`));
    const folder = path.resolve(import.meta.dirname, '../../standards/universal');
    const texts = await Promise.all(
      globSync('**/*.md', { cwd: folder }).map((file) => readFile(path.join(folder, file), 'utf8')),
    );
    const parts = texts.flatMap((text) => text.split(/^(?=## )/m));
    const passed = parts.filter(mayHoldSecret);
    assert.ok(passed.length < parts.length / 10, `${passed.length} of ${parts.length}`);
    for (const part of parts) await neverMissed(part);
  });
});
