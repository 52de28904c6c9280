import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { constants, openSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { temporaryTree } from '../platform/files/testing.ts';
import { readInput } from './read-input.ts';

/** Standard input of a process into which somebody may still write. */
async function openPipe(t: TestContext): Promise<{ stdin: typeof process.stdin; write(text: string): void }> {
  const pipe = join(await temporaryTree(t), 'pipe');
  execFileSync('mkfifo', [pipe]);
  // Both ends are one, so it stays open; it is not waited for here.
  const fd = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
  const socket = new Socket({ fd, readable: true, writable: false });
  t.after(() => socket.destroy());
  return {
    stdin: Object.assign(socket, { fd }) as unknown as typeof process.stdin,
    write: (text) => void writeSync(fd, text),
  };
}

const onPosix = { skip: process.platform === 'win32' ? 'there are no named pipes among files' : false };

describe('an open pipe that nobody said to wait for', onPosix, () => {
  const options = { wait: false, maxBytes: 4, signal: new AbortController().signal };

  it('is given up when nothing came in time', async (t) => {
    const { stdin } = await openPipe(t);
    assert.deepEqual(await readInput(stdin, options), { text: undefined, silent: true, isEmpty: false });
  });

  it('is read when something came, also where this process stood still until the time was up', async (t) => {
    const { stdin, write } = await openPipe(t);
    write('a diff');
    const read = readInput(stdin, options);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600);
    // It does not end: that it was read shows in its size.
    await assert.rejects(read, { code: 'cli.context_too_large' });
  });
});
