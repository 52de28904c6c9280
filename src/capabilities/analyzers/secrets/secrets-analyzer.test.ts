import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { secretEvidence } from './secrets-analyzer.ts';

// Put together here so that no scanner takes this file for a leak.
const value = ['192b9bdd22ab9ed4', 'd12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf'].join('');
const accessKey = ['AKI', 'A2OGYBAH6STMMNXNN'].join('');
const found = async (path: string, text: string) => (await secretEvidence({ path, text })).map((e) => e.line);

describe('secrets of a project', () => {
  it('are values under the name of a credential in code and settings', async () => {
    assert.deepEqual(await found('app/settings.py', `DEBUG = False\nSECRET_KEY = '${value}'\n`), [2]);
    assert.deepEqual(await found('src/auth.ts', `const JWT_SECRET = '${value.slice(0, 20)}!';\n`), [1]);
  });

  it('are not what documentation shows of a setting, but keys by their form are', async () => {
    for (const name of ['docs/config.rst', 'README.md', 'guide/start.adoc']) {
      const text = `SECRET_KEY = '${value}'\nAuthorization: Bearer ${value}\naws = ${accessKey}\n`;
      assert.deepEqual(await found(name, text), [3], name);
    }
  });

  it('are not what a comment that documents code shows of a setting', async () => {
    const text = `/**\n * {\n *   "access_token": "${value}",\n *   key: ${accessKey}\n * }\n */\nlogin("access_token = '${value}'");\n`;
    assert.deepEqual(await found('src/auth.js', text), [4, 7]);
  });

  it('are not what a password was hashed to', async () => {
    const hashes = [`{SSHA}${value}`, `pbkdf2_sha256$260000$${value}`, `$2b$12$${value.slice(0, 22)}`];
    const text = hashes.map((hash) => `"password": "${hash}"`).join('\n');
    assert.deepEqual(await found('fixtures/users.json', text), []);
  });

  it('are neither the password that is the user nor a name with a mark', async () => {
    const text = "url: http://admin:admin@registry.internal:8761/\nPASSWORD = '!canchangepassword'\n";
    assert.deepEqual(await found('deploy/registry.yml', text), []);
  });
});
