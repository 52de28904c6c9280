import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { redactSecrets, scanForSecrets } from './find-secrets.ts';

describe('packages whose names sound like secrets', () => {
  for (const manifest of [
    '{"name":"shop","dependencies":{"jsonwebtoken":"^9.0.0","express":"^5.0.0"}}',
    '{"jsonwebtoken":"9.0.2-beta.1","csrf-token":"~1.2.3","generate-password":"^10.17.0"}',
    '{"jsonwebtoken": ">=8.5.1 <10", "secure-password": "^4.0.0 || ^5.0.0"}',
    '{"jsonwebtoken":"npm:@shop/jsonwebtoken@^9.0.0","authtoken":"workspace:^","app-secret":"file:../app-secret"}',
    '{"jsonwebtoken":"github:auth/node-jsonwebtoken#semver:^9.0.0"}',
    '{"jsonwebtoken":"git+https://git.example.com/auth/jsonwebtoken.git#v9.0.2"}',
    '{"tokenizer":"^3.4.1-rc.2","secretary":"^1.19.0","passport":"^0.17.11","gpt-tokenizer":"^2.9.0"}',
    'jsonwebtoken: ^9.0.2\ncsrf-token: 10.17.0-rc.1\n',
    'jsonwebtoken = "^9.0.0"\nauthtoken = "==2.8.0.post1"\nkeyring-password = ">=1.2.0,<2"\n',
    'password: "1.2.3-beta.4"',
  ]) {
    it(`stay: ${manifest.split('\n')[0]}`, async () => {
      assert.equal((await redactSecrets(manifest)).text, manifest);
      assert.deepEqual(await scanForSecrets(manifest, { name: 'package.json' }), []);
      assert.deepEqual(await scanForSecrets(manifest, { name: 'package.json', strict: true }), []);
    });
  }

  for (const [line, value] of [
    ['{"jsonwebtoken":"9f8e7d6c5b4a39281706f5e4d3c2b1a0"}', '9f8e7d6c5b4a39281706f5e4d3c2b1a0'],
    ['{"authtoken":"^9.0.0-k3Yz81Qw"}', 'k3Yz81Qw'],
    ['{"password":"1.2.3-hunter2"}', 'hunter2'],
    ['{"password":"1Beta2Winter"}', '1Beta2Winter'],
    ['{"dbsecret":"workspace-9x8y7z6w"}', '9x8y7z6w'],
    ['{"password":"file:hunter2!"}', 'hunter2!'],
    ['{"api_key":"v1.9f8e7d6c5b4a"}', '9f8e7d6c5b4a'],
  ] as const) {
    it(`lend nothing to a secret: ${line}`, async () => {
      const { text } = await redactSecrets(line);
      assert.ok(!text.includes(value), text);
    });
  }
});
