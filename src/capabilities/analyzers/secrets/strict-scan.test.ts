import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { redactSecrets, scanForSecrets } from './find-secrets.ts';
import { key, shapes } from './secret-shapes-fixture.ts';

const strict = (text: string) => scanForSecrets(text, { name: 'standard.md', strict: true });
const proseLines = fc.array(
  fc.constantFrom('', '# Sessions', 'A token is short-lived.', '- Rotate keys — often.', '```ini', '> `x`'),
  { maxLength: 12 },
);

describe('scanForSecrets, strict', () => {
  for (const [shape, { secret, kind, write = (k: string) => `use ${k} here` }] of Object.entries(shapes)) {
    it(`[A15] finds in its line, wherever it stands: ${shape}`, async () => {
      await fc.assert(
        fc.asyncProperty(proseLines, secret, proseLines, async (before, value, after) => {
          const text = [...before, write(value), ...after].join('\n');
          const found = await strict(text);
          assert.deepEqual(
            found.map(({ line }) => line),
            [before.length + 1],
            text,
          );
          if (kind !== undefined) assert.equal(found[0]!.kind, kind);
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

  const algorithms = [
    '',
    'RSA ',
    'EC ',
    'DSA ',
    'OPENSSH ',
    'ENCRYPTED ',
    'PGP ',
    'SSH2 ENCRYPTED ',
    'ANY OTHER ',
  ];
  const layouts: Record<string, (lines: string[]) => string> = {
    'as it is': (lines) => lines.join('\n'),
    'with CRLF': (lines) => lines.join('\r\n'),
    'indented in a list': (lines) => lines.map((line) => `    ${line}`).join('\n'),
    'in a quote': (lines) => lines.map((line) => `> ${line}`).join('\n'),
    'in a string': (lines) => `key = "${lines.join('\\n')}"`,
    'in strings added up': (lines) => lines.map((line) => `"${line}\\n" +`).join('\n'),
    'on one line': (lines) => lines.join(' '),
    'without its end': (lines) => lines.slice(0, -1).join('\n'),
  };

  it('[A15] finds a private key of any algorithm and layout in its first line', async () => {
    const body = fc.array(key(64), { minLength: 1, maxLength: 12 });
    const last = fc.oneof(
      key(20, 40),
      key(6).map((k) => `${k}==`),
    );
    const given = [
      fc.constantFrom(...algorithms),
      fc.constantFrom(...Object.keys(layouts)),
      body,
      last,
    ] as const;
    await fc.assert(
      fc.asyncProperty(
        proseLines,
        ...given,
        fc.boolean(),
        async (before, algorithm, layout, lines, end, headed) => {
          const marker = `${algorithm}PRIVATE KEY${algorithm === 'PGP ' ? ' BLOCK' : ''}-----`;
          const head = headed ? ['Proc-Type: 4,ENCRYPTED', 'DEK-Info: AES-256-CBC,7F3B2C', ''] : [];
          const block = [`-----BEGIN ${marker}`, ...head, ...lines, end, `-----END ${marker}`];
          const text = [
            ...before,
            layouts[layout]!(layout === 'on one line' ? block.filter((l) => !head.includes(l)) : block),
            '',
            'Rotate it.',
          ].join('\n');
          const found = await strict(text);
          assert.deepEqual(
            found.map(({ line, kind }) => [line, kind]),
            [[before.length + 1, 'privatekey']],
            text,
          );
          for (const line of lines) assert.ok(text.slice(found[0]!.start, found[0]!.end).includes(line));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('[A15] leaves a private key that is only named or elided alone', async () => {
    const begin = (algorithm = '') => `-----BEGIN ${algorithm}PRIVATE KEY-----`;
    const end = `-----END PRIVATE KEY-----`;
    const texts = [
      `Never commit \`${begin('EC ')}\` blocks; src/capabilities/analyzers/secrets finds them.`,
      `${begin()}\n…\n${end}`,
      `${begin('EC ')}\nMHcCAQEEIIq7Z4fJ9w2m...\n${end}`,
      `${begin('DSA ')}\n<your key>\n${end}`,
      `${begin()}\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n${end}`,
      `${begin('ENCRYPTED ')}\n\${PRIVATE_KEY}\n${end}`,
      `const header = '${begin('EC ')}';\nreturn header + body;`,
    ];
    for (const text of texts) assert.deepEqual(await strict(text), [], text);
  });

  it('[A15] leaves placeholders in commands, headers and tokens alone', async () => {
    const blanks = [
      '<token>',
      'xxxxxxxx',
      '${VAR}',
      '$VAR',
      'changeme',
      'example',
      '…',
      '{{ token }}',
      '[secret]',
    ];
    const places = [
      ...['Authorization: Basic ?', "curl -H 'Authorization: Basic ?' https://a.corp", '{ "auth": "?" }'],
      ...['curl -u user:? https://a.corp', 'curl --user "deploy:?" https://a.corp', '_auth=?'],
      ...['machine git.corp login deploy password ?', 'PGPASSWORD=? psql', 'mysql -u root -p? shop'],
      ...['sshpass -p ? ssh host', 'docker login -u deploy -p ?', 'redis-cli -a ?', 'MYSQL_PWD="?" mysql'],
      ...[
        'dop_v1_?',
        'pypi-AgEI?',
        'https://discord.com/api/webhooks/<id>/?',
        'bot<id>:?',
        'ATATT?',
        'NRAK-?',
      ],
      ...[
        'pul-?',
        'pscale_tkn_?',
        '<id>.atlasv1.?',
        'dp.st.?',
        'sq0csp-?',
        'EAAA?',
        'SSWS ?',
        'SK?',
        'xai-?',
      ],
      ...['key-?', 'AGE-SECRET-KEY-1?'],
    ];
    for (const place of places)
      for (const blank of blanks) {
        const text = place.replace('?', () => blank);
        assert.deepEqual(await strict(text), [], text);
      }
  });

  it('[A15] leaves commands, headers and names without a secret alone', async () => {
    const lines = [
      ...[
        'docker run --name mysql -p3306:3306 mysql:8',
        'mysql -u root -p shop',
        'mysql -h db -P 3306 -u root -p',
      ],
      ...[
        'curl -o out.json https://a.corp:8443/b',
        'curl -u "$USER:$PASS" https://a.corp',
        'curl -u user:pw -v',
      ],
      ...[
        'Authorization: Basic credentials are refused.',
        '"auth": "required"',
        'each machine, its login and password',
      ],
      ...[
        'pypi-publish-with-trusted-publishers-only',
        'key-management-service-of-the-cloud',
        'dp.forEach(item)',
      ],
      ...[
        'docker run -p 8080:80 nginx',
        'sshpass -e ssh host',
        'AT the END',
        'SK is a country',
        'task-123456789:AA',
      ],
    ];
    for (const line of lines) assert.deepEqual(await strict(line), [], line);
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
