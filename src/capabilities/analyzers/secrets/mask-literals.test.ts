import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { analyze } from '../analyze.ts';
import { projectWith } from '../testing.ts';
import { mayHoldSecret } from '../contract/index.ts';
import { redactSecrets } from './find-secrets.ts';

const key = '5TOCyfH3HuszKGzFZntk';

describe('literals that a rule takes for a secret', () => {
  for (const [title, file, code, shown] of [
    [
      'an argument',
      'a.js',
      `app.use(cookieParser('${key}'));`,
      "app.use(cookieParser('[redacted: credential]'));",
    ],
    [
      'one with others',
      'a.js',
      `crypto.createHmac('sha256', '${key}').update(text);`,
      "crypto.createHmac('sha256', '[redacted: credential]').update(text);",
    ],
    [
      'one in place of a setting',
      'a.py',
      `import os\nSECRET_KEY = os.environ.get('SECRET_KEY', '${key}')`,
      "SECRET_KEY = os.environ.get('SECRET_KEY', '[redacted: credential]')",
    ],
    [
      'one of several bytes',
      'a.go',
      `package a\n\nfunc sign(m []byte) []byte {\n\tmac := hmac.New(sha256.New, []byte("${key}"))\n\treturn mac.Sum(m)\n}`,
      'mac := hmac.New(sha256.New, []byte("[redacted: credential]"))',
    ],
  ] as const)
    it(`are masked in every quote, be it ${title}`, async (t) => {
      const root = await projectWith(t, { [file]: `${code}\n` });
      const { evidence } = await analyze({ root, files: [file], trades: ['security'] });
      const of = evidence.find(({ rule }) => /\/(?:hardcoded-|secret-in-code)/.test(rule));
      assert.equal(of?.quote.replace(/\[redacted: [\w-]+\]/, '[redacted: credential]'), shown);
      assert.ok(!JSON.stringify(evidence).includes(key));
    });

  it('[X5] are masked where the call that signs with them is sent or stored', async () => {
    for (const code of [
      `cookieParser('${key}')`,
      `jwt.sign({ id }, "${key}")`,
      `createHmac('sha256', '${key}')`,
    ]) {
      assert.ok(!(await redactSecrets(code)).text.includes(key), code);
      assert.ok(mayHoldSecret(code));
    }
    const clean = "jwt.sign({ id }, config.key, { algorithm: 'HS256' }); createHash('sha256');";
    assert.equal((await redactSecrets(clean)).text, clean);
  });
});
