import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { redactSecrets, scanForSecrets } from './find-secrets.ts';

// Put together here so that no scanner takes this file for a leak.
const token = ['gh', 'p_wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('');
const accessKey = ['AKI', 'A2OGYBAH6STMMNXNN'].join('');
const body =
  'MIIEowIBAAKCAQEA1c7+9z5Pad7OejecsQ0bu3aozN3tihPmljnnudb9G3HE\nlWu2/a1gB9JW5TBQ+AVpum9Okx7KfqkfBKL9mcHgSlWnpfVAUstwuTgCjzZpu7Yd';
const privateKey = ['-----BEGIN RSA PRIVATE', ` KEY-----\n${body}\n-----END RSA PRIVATE`, ' KEY-----'].join(
  '',
);

describe('scanForSecrets', () => {
  it('finds tokens, keys and assigned credentials with their place', async () => {
    const text = `const a = 1;\nconst t = "${token}";\naws = ${accessKey}\n{ "client_secret": "q8Zr-17xPw0Lm" }\n`;
    const found = await scanForSecrets(text);
    assert.deepEqual(
      found.map(({ line, kind, start, end }) => [line, kind, text.slice(start, end)]),
      [
        [2, 'github', token],
        [3, 'aws-access-key', accessKey],
        [4, 'credential', 'q8Zr-17xPw0Lm'],
      ],
    );
  });

  it('leaves examples, placeholders and references alone', async () => {
    const text = [
      'api_key = "your-api-key-here"',
      'password: "changeme-please-1"',
      'AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE',
      'password = "${DB_PASSWORD}"',
      'const password = "password-field"',
      'url = "postgres://user:xxxxxxxx@localhost:5432/db"',
    ].join('\n');
    assert.deepEqual(await scanForSecrets(text), []);
  });

  it('takes a random key that spells a short word by chance for a secret', async () => {
    const random = [
      'q7ZKYhbesFAkETep6r',
      'b4XXxq9ZTmOcKd2w',
      'hR7toDOk3wPz9QLm',
      'q7ZkR7test9Lm2P',
      'q7ZduMmY4kLpW2rT',
      'q7Z8fake4kLpW2rT',
    ];
    for (const value of random)
      assert.deepEqual(
        (await scanForSecrets(`token = '${value}'`, { strict: true })).map(({ kind }) => kind),
        ['credential'],
        value,
      );
    const examples = [
      'fake-4f9aQ7Zw2kLm',
      'mockToken4f9aQ7Zw',
      'sk_TODO_4f9aQ7Zw',
      'xxx4f9aQ7Zw2kLm',
      'test4f9aQ7Zw2kLm',
      '4f9a-DummyQ7Zw2k',
    ];
    for (const value of examples)
      assert.deepEqual(await scanForSecrets(`token = '${value}'`, { strict: true }), [], value);
  });

  it('takes letters in random case for a secret, and words in camel case for a name', async () => {
    const strictKinds = async (value: string) =>
      (await scanForSecrets(`API_TOKEN: '${value}'`, { name: 'a.yaml', strict: true })).map(
        ({ kind }) => kind,
      );
    assert.deepEqual(await strictKinds('kQzRtWpLmVbNsXcF'), ['credential']);
    assert.deepEqual(await strictKinds('PostgreSqlAccessTokenOfUser'), []);
  });

  it('leaves no marks of its library in the process', async () => {
    await scanForSecrets(`const t = "${token}";`);
    assert.deepEqual(performance.getEntriesByType('mark'), []);
  });
});

describe('redactSecrets', () => {
  it('replaces each secret by its kind and keeps everything else, line by line', async () => {
    const { text, redacted, kinds } = await redactSecrets(`before ${token} between\n${privateKey}\nafter`);
    const key = Array.from({ length: 4 }, () => '[redacted: privatekey]').join('\n');
    assert.equal(text, `before [redacted: github] between\n${key}\nafter`);
    assert.equal(redacted, 2);
    assert.deepEqual(kinds, ['privatekey', 'github']);
  });

  it('is stable: what was redacted is not redacted again', async () => {
    const once = await redactSecrets(`x ${token} y`);
    assert.deepEqual(await redactSecrets(once.text), { text: once.text, redacted: 0, kinds: [] });
  });

  it('never lets a token through, wherever it stands', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.string(), async (before, after) => {
        const { text } = await redactSecrets(`${before}\n "${token}" \n${after}`);
        assert.ok(!text.includes(token));
      }),
      { numRuns: 50 },
    );
  });
});
