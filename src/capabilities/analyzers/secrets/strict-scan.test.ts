import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { redactSecrets, scanForSecrets } from './find-secrets.ts';

const upper = 'ABCDEFGHJKLMNPQRSTUVWYZ';
const alphabet = `${upper}${upper.toLowerCase()}23456789`;

/** Random characters with a digit between letters, as keys have; without the letter of masks, `x`. */
function key(minLength: number, maxLength = minLength): fc.Arbitrary<string> {
  const characters = { minLength: minLength - 3, maxLength: maxLength - 3 };
  return fc.string({ unit: fc.constantFrom(...Array.from(alphabet)), ...characters }).map((rest) => `q7Z${rest}`);
}

const password = fc
  .tuple(key(9, 24), fc.constantFrom('', '!', '#', '@', '%', '+', '~'), key(4, 8))
  .map((parts) => parts.join(''));

/** Each makes a text of one line from a random secret. */
const shapes: Record<string, { secret: fc.Arbitrary<string>; write?: (secret: string) => string }> = {
  jwt: {
    secret: fc.tuple(key(20), key(30, 200), key(43)).map(([a, b, c]) => `eyJ${a}.eyJ${b}.${c}`),
  },
  'openai project key': { secret: key(48, 120).map((k) => `sk-proj-${k}`) },
  'openai key': { secret: key(48).map((k) => `sk-${k}`) },
  'google key': { secret: key(35).map((k) => `AIza${k}`) },
  'hugging face token': { secret: key(34).map((k) => `hf_${k}`) },
  'azure account key': {
    secret: key(86).map((k) => `${k}==`),
    write: (k) => `DefaultEndpointsProtocol=https;AccountName=store;AccountKey=${k};`,
  },
  'address with a password': { secret: key(6, 20), write: (k) => `see https://deploy:${k}@git.corp/repo` },
  'address without a user': { secret: key(6, 20), write: (k) => `redis://:${k}@cache:6379/0` },
  'connection string': {
    secret: key(10, 20),
    write: (k) => `Server=db.corp;Database=shop;User Id=sa;Password=${k};Encrypt=true`,
  },
  'xml element': { secret: key(10, 20), write: (k) => `<password>${k}</password>` },
  'command argument': { secret: key(10, 20), write: (k) => `deploy --db-password ${k} --now` },
  ...Object.fromEntries(
    [
      ...['password', 'passwd', 'pwd', 'secret', 'token', 'api_key', 'apikey', 'access_key', 'client_secret'],
      ...[
        'db_pass',
        'API_KEY',
        'TOKEN',
        'PASSWORD',
        'SECRET',
        'export DB_PASS',
        'spring.datasource.password',
      ],
    ].map((name) => [`${name}=`, { secret: password, write: (k: string) => `${name}=${k}` }]),
  ),
  'yaml value': { secret: password, write: (k) => `  db_password: ${k}` },
  'quoted value': { secret: password, write: (k) => `{ "token": "${k}" }` },
  'ini value': { secret: password, write: (k) => `secret = ${k}` },
  'markdown item': { secret: password, write: (k) => `- **Password:** \`${k}\`` },
  'value in a sentence': { secret: key(12, 20), write: (k) => `Sign in with password: ${k}, then go on.` },
};

const strict = (text: string) => scanForSecrets(text, { name: 'standard.md', strict: true });
const proseLines = fc.array(
  fc.constantFrom('', '# Sessions', 'A token is short-lived.', '- Rotate keys — often.', '```ini', '> `x`'),
  { maxLength: 12 },
);

describe('scanForSecrets, strict', () => {
  for (const [shape, { secret, write = (k: string) => `use ${k} here` }] of Object.entries(shapes)) {
    it(`[A15] finds in its line, wherever it stands: ${shape}`, async () => {
      await fc.assert(
        fc.asyncProperty(proseLines, secret, proseLines, async (before, value, after) => {
          const text = [...before, write(value), ...after].join('\n');
          const found = await strict(text);
          assert.deepEqual(
            found.map(({ line }) => line),
            [before.length + 1],
          );
          const { start, end } = found[0]!;
          assert.ok(text.slice(start, end).includes(value.slice(0, 5)));
        }),
        { numRuns: 15 },
      );
    });
  }

  it('[A15] finds a private key of PGP and the value of a container in their lines', async () => {
    const block = 'PGP PRIVATE KEY BLOCK-----';
    const body = 'lQOYBGPd3nB7cF5hq8Xz2LmWv9RtYpKd3nB7cF5h';
    const texts = [
      `# Keys\n\n-----BEGIN ${block}\n\n${body}\n-----END ${block}\n`,
      `# Keys\n\n-----BEGIN ${block}\n\n${body}\n${body}\n`,
      `env:\n  - name: DB_PASSWORD\n    value: q8Xz2LmWv9\n`,
    ];
    for (const text of texts)
      assert.deepEqual(
        (await strict(text)).map(({ line }) => line),
        [3],
        text,
      );
  });

  it('[A15] leaves placeholders, references, code and prose alone', async () => {
    const lines = [
      ...[
        'password=<password>',
        'DB_PASSWORD=${DB_PASSWORD}',
        'token: $TOKEN_2',
        'TOKEN=$(vault read kv/t1)',
      ],
      ...[
        'secret = process.env.SECRET_V2',
        "API_KEY = os.environ['API_KEY_2']",
        'password: …',
        'password: ........',
      ],
      ...['token=xxxxxxxxxxxx', 'password = your-password', 'PASSWORD=changeme', 'secret: example-Secret-1'],
      ...[
        'password: at least 12 characters',
        'token: short-lived',
        'secret: 256-bit, rotated',
        'token: RS256-signed',
      ],
      ...['password = hash(input)', 'token: string', 'token: string | undefined', 'apiKey: config.apiKey'],
      ...['const token = await readToken2(request)', 'token: Map<string,number>', 'password: Optional[str]'],
      ...[
        'password === stored.password',
        '`secret: base64url(header).payload`',
        'api_key: ${{ secrets.KEY_1 }}',
      ],
      ...[
        'token: "{{ token }}"',
        'password_file=/run/secrets/db1',
        'secret: arn:aws:secretsmanager:eu-west-1:1:s',
      ],
      ...[
        'https://user:password@host',
        'https://<user>:<password>@host',
        'postgres://${USER}:${PASS}@db/app',
      ],
      ...[
        'https://host:8080/a@b',
        'class sk-loading-indicator-container-wide',
        'max_tokens: 100000',
        'sk-...',
      ],
      ...[
        '-----BEGIN PGP PRIVATE KEY BLOCK----- must never be in a file',
        'token_ttl: 15min',
        'eyJ… is a JWT',
      ],
    ];
    for (const line of lines) assert.deepEqual(await strict(line), [], line);
  });

  it('[A15] passes every shipped standard and guide', async () => {
    const root = path.resolve(import.meta.dirname, '../../../..');
    const texts = ['src/capabilities/standards/{universal,language}/**/*.md', 'docs/guides/**/*.md'];
    const files = texts.flatMap((pattern) => globSync(pattern, { cwd: root }));
    assert.ok(files.length > 50, `only ${files.length} files`);
    for (const file of files)
      assert.deepEqual(await strict(await readFile(path.join(root, file), 'utf8')), [], file);
  });
});

describe('redactSecrets', () => {
  it('masks what is told by its own form, and no code', async () => {
    for (const shape of [
      'jwt',
      'openai project key',
      'google key',
      'hugging face token',
      'azure account key',
    ]) {
      const { secret, write = (k: string) => `const a = "${k}";` } = shapes[shape]!;
      await fc.assert(
        fc.asyncProperty(secret, async (value) => {
          const { text } = await redactSecrets(write(value));
          assert.ok(!text.includes(value.slice(0, 12)), shape);
          assert.equal((await redactSecrets(text)).text, text);
        }),
        { numRuns: 20 },
      );
    }
    const code =
      'const url = `https://${user}:${password}@${host}/`;\npassword = hash(input);\ntoken: string;';
    assert.deepEqual(await redactSecrets(code), { text: code, redacted: 0, kinds: [] });
  });
});
