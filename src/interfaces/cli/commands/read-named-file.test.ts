import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { temporaryTree } from '../../../platform/files/testing.ts';
import { readNamedFile } from './read-named-file.ts';

describe('a file that is named as context', () => {
  it('is read whole up to the limit, and refused over it with its size', async (t) => {
    const root = await temporaryTree(t, { 'a.txt': 'ä'.repeat(50_000) });
    const path = join(root, 'a.txt');
    const { signal } = new AbortController();
    assert.equal(await readNamedFile({ file: 'a.txt', path, maxBytes: 100_000, signal }), 'ä'.repeat(50_000));
    await assert.rejects(readNamedFile({ file: 'a.txt', path, maxBytes: 99_999, signal }), {
      code: 'cli.context_too_large',
      details: { file: 'a.txt', sizeBytes: 100_000, limitBytes: 99_999 },
    });
  });

  it('is refused where it never ends', { skip: process.platform !== 'linux' }, async () => {
    const { signal } = new AbortController();
    const endless = readNamedFile({ file: 'zero', path: '/dev/zero', maxBytes: 200_000, signal });
    await assert.rejects(endless, { code: 'cli.context_too_large' });
  });

  it('is waited for as a pipe that nobody writes to yet, until the wait is ended', onPosix(), async (t) => {
    const root = await temporaryTree(t);
    const path = join(root, 'pipe');
    execFileSync('mkfifo', [path]);
    const reading = new AbortController();
    const waiting = readNamedFile({ file: 'pipe', path, maxBytes: 100, signal: reading.signal });
    reading.abort(new Error('interrupted'));
    await assert.rejects(waiting, { message: 'interrupted' });
    const { signal } = new AbortController();
    const [text] = await Promise.all([
      readNamedFile({ file: 'pipe', path, maxBytes: 100, signal }),
      writeFile(path, 'written later'),
    ]);
    assert.equal(text, 'written later');
  });
});

function onPosix() {
  return { skip: process.platform === 'win32' ? 'there are no named pipes among files' : false };
}
