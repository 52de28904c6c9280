import assert from 'node:assert/strict';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pathFrom } from './path-from.ts';
import { temporaryTree } from './testing.ts';

describe('a path as somebody means it who stands in a folder', () => {
  it('is looked for there first, then from the root', async (t) => {
    const root = await realpath(
      await temporaryTree(t, { 'src/a.ts': '', 'sub/a.ts': '', 'sub/src/a.ts': '', 'lib/b.ts': '' }),
    );
    for (const [folder, given, expected] of [
      ['src', 'a.ts', 'src/a.ts'],
      ['src', '.', 'src'],
      ['src', '..', '.'],
      ['src', './', 'src'],
      ['sub', 'src/a.ts', 'sub/src/a.ts'],
      ['src', 'lib/b.ts', 'lib/b.ts'],
      ['sub', '../src/a.ts', 'src/a.ts'],
      ['sub', '../src/gone.ts', 'src/gone.ts'],
      ['sub', 'gone.ts', 'gone.ts'],
      ['sub', '../../etc', '../../etc'],
      ['.', 'src/a.ts', 'src/a.ts'],
      ['src', join(root, 'lib', 'b.ts'), 'lib/b.ts'],
    ] as const)
      assert.equal(await pathFrom(root, join(root, folder), given), expected, `${given} from ${folder}`);
  });
});
