import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { join } from 'node:path';

const module = pathToFileURL(join(import.meta.dirname, 'index.ts')).href;
const code = `const { homeFolder } = await import(${JSON.stringify(module)});
process.setuid(3_999_999_999);
try { console.log(homeFolder()) } catch (error) { console.log(error.line) }`;
const isRoot = process.platform !== 'win32' && process.getuid?.() === 0;

describe('the home folder', () => {
  it('is what HOME says, and a clear error for an account without one', async () => {
    const { HOME: _theirs, ...env } = process.env;
    const said = async (extra: Record<string, string>) => {
      const program = isRoot ? code : code.replace(/^process\.setuid.*$/m, '');
      const args = ['--input-type=module', '-e', program];
      return (await promisify(execFile)(process.execPath, args, { env: { ...env, ...extra } })).stdout;
    };
    assert.equal(await said({ HOME: '/somewhere', USERPROFILE: '/somewhere' }), '/somewhere\n');
    // Only who may become somebody without an account can try the rest.
    if (isRoot) assert.match(await said({}), /^user\.no_home: .* Set HOME to a folder/);
  });
});
