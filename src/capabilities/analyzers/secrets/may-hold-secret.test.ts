import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { mayHoldSecret } from '../contract/index.ts';
import { redactSecrets } from './find-secrets.ts';
import { key, shapes } from './secret-shapes-fixture.ts';
import { openSecretlint } from './secretlint.ts';
import { tokenForms } from './token-forms.ts';

/** What the full scan masks, the quick look must not miss. Resolves to whether there was something to miss. */
async function neverMissed(text: string): Promise<boolean> {
  const { redacted } = await redactSecrets(text);
  if (redacted > 0) assert.ok(mayHoldSecret(text), text);
  return redacted > 0;
}

/** The body of a token's form, to make tokens of it. */
const bodyOf = (pattern: RegExp) =>
  new RegExp(
    `^${pattern.source.replace(/^\(\?<!.*?\)\(\?<secret>(.*)\)$/, '$1').replaceAll(/\(\?![^)]*\)/g, '')}$`,
  );

/** The forms of secretlint's recommended rules, by rule; those of addresses and keys stand among the shapes. */
const knownForms: Record<string, RegExp> = {
  aws: /^A[KS]IA[A-Z2-7]{16}$/,
  'npm auth': /^\/\/registry\.corp\/:_authToken=[a-z0-9]{20}$/,
  npm: /^npm_[A-Za-z0-9_]{36}$/,
  slack: /^(?:xoxb|xoxp|xapp|xoxa|xoxo|xoxr)-[0-9]-[a-zA-Z0-9]{1,20}-[a-zA-Z0-9]{1,20}$/,
  'slack webhook':
    /^https:\/\/hooks\.slack\.com\/services\/T[a-zA-Z0-9]{8}\/B[a-zA-Z0-9]{8}\/[a-zA-Z0-9]{20}$/,
  basicauth: /^https:\/\/[a-z]{3,9}:[a-z0-9]{3,9}@[a-z]{3,9}\.com$/,
  openai: /^sk-[a-zA-Z0-9]{20}T3BlbkFJ[a-zA-Z0-9]{20}$/,
  anthropic: /^sk-ant-api0[0-9]-[A-Za-z0-9_-]{90}AA$/,
  groq: /^gsk_[a-zA-Z0-9]{52}$/,
  huggingface: /^hf_[a-zA-Z]{34}$/,
  linear: /^lin_api_[a-zA-Z0-9_]{32}$/,
  notion: /^ntn_[0-9]{11}[A-Za-z0-9]{35}$/,
  sendgrid: /^SG\.[a-zA-Z0-9]{22}\.[a-zA-Z0-9]{43}$/,
  shopify: /^(?:shppa|shpca|shpat|shpss)_[a-zA-Z0-9]{32}$/,
  stripe: /^(?:sk_live|sk_test|rk_live|rk_test)_[a-zA-Z0-9]{24}$/,
  github: /^(?:ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9]{36}$/,
  'github fine-grained': /^github_pat_[A-Za-z0-9_]{82}$/,
  gitlab: /^glpat-[A-Za-z0-9_-]{20}$/,
  grafana: /^glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}$/,
  'database-connection-string':
    /^(?:mongodb\+srv|mysql|postgresql):\/\/[a-z]{3,9}:[a-z0-9]{5,9}@db\.corp\/shop$/,
  'hashicorp-vault': /^hvs\.[A-Za-z0-9_-]{90}$/,
  vercel: /^(?:vcp|vci|vca|vcr|vck)_[A-Za-z0-9]{20,60}$/,
  databricks: /^dapi[a-f0-9]{32}$/,
  docker: /^dckr_pat_[a-zA-Z0-9_-]{27}$/,
  figma: /^figd_[A-Za-z0-9_-]{40}$/,
  cloudflare: /^(?:cfk|cfut|cfat)_[A-Za-z0-9]{40}[0-9a-f]{8}$/,
  tailscale: /^tskey-[a-z]{2,20}-[0-9A-Za-z_]{8,40}-[0-9A-Za-z_]{16,60}$/,
};

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
