import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { redactSecrets } from './find-secrets.ts';

const letters = Array.from('abcdefghjkmnpqrstuvwyz');
const others = Array.from('ABCDEFGH23456789');
const word = fc.string({ unit: fc.constantFrom(...letters), minLength: 4, maxLength: 9 });
/** Passwords of people and of generators: a word with a year, words with hyphens, random characters. */
const secret = fc.oneof(
  fc
    .tuple(word, fc.integer({ min: 10, max: 2030 }), fc.constantFrom('!', '#', '@'))
    .map((parts) => parts.join('')),
  fc.tuple(word, word, word, fc.integer({ min: 10, max: 2030 })).map((words) => words.join('-')),
  fc
    .string({ unit: fc.constantFrom(...letters, ...others), minLength: 12, maxLength: 40 })
    .map((k) => `q7Z${k}`),
);
const upper = fc.constantFrom(
  'DB_PASSWORD',
  'JWT_SECRET',
  'SMTP_PASS',
  'API_KEY',
  'AUTH_TOKEN',
  'SECRET_KEY_BASE',
  'PGPASSWORD',
);
const camel = fc.constantFrom(
  'password',
  'dbPasswd',
  'sessionSecret',
  'api_token',
  'apiKey',
  'privateKey',
  'pwd',
  'passphrase',
);

/** How a value is written under a name in the files of a project. */
const forms: Record<string, { name: fc.Arbitrary<string>; write: (name: string, value: string) => string }> =
  {
    '.env': { name: upper, write: (name, value) => `${name}=${value}` },
    'quoted .env': { name: upper, write: (name, value) => `export ${name}="${value}"` },
    'YAML of a container': { name: upper, write: (name, value) => `  ${name}: ${value}` },
    'a list of names and values': {
      name: upper,
      write: (name, value) => `- name: ${name}\n  value: ${value}`,
    },
    'a command': { name: upper, write: (name, value) => `docker run -e ${name}=${value} shop` },
    JSON: { name: camel, write: (name, value) => `{ "${name}": "${value}" }` },
    'JSON in a string': { name: camel, write: (name, value) => `body = "{\\"${name}\\": \\"${value}\\"}"` },
    TypeScript: { name: camel, write: (name, value) => `const ${name}: string = '${value}';` },
    'an object': { name: camel, write: (name, value) => `  ${name}: '${value}', port: 1` },
    Python: { name: camel, write: (name, value) => `${name} = "${value}"` },
    Go: { name: camel, write: (name, value) => `${name} := "${value}"` },
    'a default': { name: upper, write: (name, value) => `process.env.${name} ?? '${value}'` },
    'a default of Python': { name: upper, write: (name, value) => `os.environ.get("${name}", "${value}")` },
    'a comparison': { name: camel, write: (name, value) => `if (${name} === '${value}') {` },
    XML: { name: camel, write: (name, value) => `<${name}>${value}</${name}>` },
  };

/** How tools show a line: as it is, numbered, in a diff, in a search. */
const shown = fc.constantFrom('', '12\t', '+', '    ', 'conf/.env:3: ');

describe('values under names that say they are secret', () => {
  for (const [form, { name, write }] of Object.entries(forms)) {
    it(`[A9] are masked in ${form}, and the lines keep their places`, async () => {
      await fc.assert(
        fc.asyncProperty(name, secret, shown, async (key, value, lead) => {
          const given = ['first line', lead + write(key, value), 'last line'].join('\n');
          const { text, redacted } = await redactSecrets(given);
          assert.ok(!text.includes(value), `${given} gave ${text}`);
          assert.ok(redacted > 0);
          assert.equal(text.split('\n').length, given.split('\n').length);
          assert.match(text, /^first line\n[^]*\nlast line$/);
          assert.equal((await redactSecrets(text)).text, text);
        }),
        { numRuns: 25 },
      );
    });
  }

  it('[A9] are masked as a project writes them: readable ones, unquoted ones, those of properties', async () => {
    for (const [line, value] of [
      ['DB_PASSWORD=Winter2024!', 'Winter2024!'],
      ['SECRET_KEY=django-insecure-abc', 'django-insecure-abc'],
      ['SESSION_SECRET="checkout-session-2024"', 'checkout-session-2024'],
      ['JWT_SECRET=mysupersecretjwtkey1234567890', 'mysupersecretjwtkey1234567890'],
      ['SMTP_PASS=correct-horse-battery', 'correct-horse-battery'],
      ['DB_PASSWORD=correct horse battery', 'correct horse battery'],
      ['api_token = "9f8e7d6c5b4a39281706f5e4d3c2b1a0"', '9f8e7d6c5b4a39281706f5e4d3c2b1a0'],
      ["sessionSecret: 'checkout-session-2024-Winter',", 'checkout-session-2024-Winter'],
      ['spring.datasource.password=Winter2024', 'Winter2024'],
      ['smtp_password: correct-horse-battery', 'correct-horse-battery'],
      ['password: hunter2', 'hunter2'],
      ['POSTGRES_PASSWORD: postgres', ' postgres'],
      ["app.use(session({ secret: 'keyboard cat' }))", 'keyboard cat'],
      ['curl -H "X-Api-Key: a1b2c3d4e5f6"', 'a1b2c3d4e5f6'],
      ['Server=a;User Id=sa;Password=hunter2;', 'hunter2'],
      ['password = "correct horse battery"', 'correct horse battery'],
      ["{ passphrase: 'correct horse battery staple' }", 'correct horse'],
      ['{"password": "Tr0ub4dor&3 and 7 others"}', 'Tr0ub4dor&3'],
      ['password: hunter2x', 'hunter2x'],
      ['Sign in with password: hunter2x, then go on', 'hunter2x'],
      ['the account (password: s3cret!pass) is shared', 's3cret!pass'],
      ['psql password: hunter2x;', 'hunter2x'],
      ['- **Password:** `hunter2x`', 'hunter2x'],
      ['the api_key: 9f8e7d6c5b4a works', '9f8e7d6c5b4a'],
    ] as const) {
      const { text } = await redactSecrets(line);
      assert.ok(!text.includes(value), text);
    }
  });

  it('references, placeholders, types, words and names of other things stay', async () => {
    for (const line of [
      ...['password = process.env.DB_PASSWORD', 'SECRET_KEY = settings.SECRET_KEY', 'PASSWORD=$1'],
      ...['DB_PASSWORD=${DB_PASSWORD}', 'TOKEN=$(vault read kv/t1)', 'api_key: ${{ secrets.KEY_1 }}'],
      ...[
        'DB_PASSWORD=',
        'DB_PASSWORD=changeme',
        'password: <your password>',
        'token: true',
        'TOKEN: match,',
      ],
      ...['token?: string | undefined', 'password: str', 'password: z.string().min(8),', 'TOKEN: CharList;'],
      ...[
        'const token = await readToken(request)',
        'password = getpass()',
        'password=password,',
        'token = tokens[i]',
      ],
      ...['apiKey: config.apiKey,', 'password=user.password)', 'self.token = token', 'token = a ? b : c1'],
      ...["credentials: 'same-origin'", 'tokenType: "Bearer"', 'max_tokens: 4096', 'cacheKey = "abc-1-2"'],
      ...["INVALID_TOKEN: 'invalid_token'", "RESET_PASSWORD: 'reset-password'", "grant: 'access_token'"],
      ...[
        "password: 'Your password needs eight characters'",
        "password: 'Passwort'",
        "password: 'mot de passe'",
        "password: 'minimum eight characters'",
        "password: 'not found'",
        "passphrase: 'rotate every 90 days'",
        "token: 'the JWT of the caller'",
        'password: required',
        'password: string, role: string',
        'token: the JWT of the caller',
        'password: see docs/setup.md, then sign in',
        'token: next-auth.session-token, and more',
        'secret: Base64Token, password: Int64, id',
        '- **Token:** `Bearer`',
        "forgotPassword: '/forgot-1'",
      ],
      ...["if (typeof password === 'function') {", 'secret: db-credentials', 'public_key = "abc123def456"'],
      ...['Token: "#dcdccc"', 'user_pass = "%s:%s"', 'token: `${head}.b1`', 'const tokenPattern = "a-b1-c2"'],
    ])
      assert.equal((await redactSecrets(line)).text, line);
  });

  it('code without such names comes back as it is', async () => {
    const code = fc.array(
      fc.constantFrom(
        ...[
          'const total = price * 12;',
          "import { a } from './a1-b2-c3.ts';",
          'key: "abc-123-def"',
          'PORT=8080',
        ],
        ...[
          'name: checkout-2024-winter',
          'if (passed === "hunter2-x") {',
          'compass = "north-2024-a"',
          '@author: x1y2z3',
        ],
      ),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(code, async (lines) => {
        const text = lines.join('\n');
        assert.deepEqual(await redactSecrets(text), { text, redacted: 0, kinds: [] });
      }),
      { numRuns: 40 },
    );
  });

  it('sources with much talk of tokens and passwords, and no secret, come back as they are', async () => {
    const folder = path.resolve(import.meta.dirname, '../../models');
    const files = globSync(['calls/*.ts', 'http/*.ts', 'chain/*.ts'], { cwd: folder }).filter(
      (f) => !f.includes('test'),
    );
    assert.ok(files.length > 5);
    for (const file of files) {
      const text = await readFile(path.join(folder, file), 'utf8');
      assert.equal((await redactSecrets(text)).text, text, file);
    }
  });
});
