import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chown, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { temporaryFolder } from '../../src/platform/database/testing.ts';
import { readRepository } from './source-tree.ts';

it('a tree is the text files that git sees: no binary, none that is gone, and no folder that is linked', async (t) => {
  const root = await temporaryFolder(t);
  execFileSync('git', ['init', '--quiet'], { cwd: root });
  await mkdir(join(root, 'packages'));
  await writeFile(join(root, 'packages', 'kept.md'), 'kept');
  await writeFile(join(root, 'gone.md'), 'gone');
  await writeFile(join(root, 'picture.png'), '\0');
  execFileSync('git', ['add', '.'], { cwd: root });
  await rm(join(root, 'gone.md'));
  // A rule `node_modules/` of git matches folders only: a linked one is listed.
  await writeFile(join(root, '.gitignore'), 'node_modules/\n');
  await symlink(join(root, 'packages'), join(root, 'node_modules'), 'junction');
  // As in a container, whose root works on the checkout of another account.
  if (process.getuid?.() === 0) await chown(root, 65_534, 65_534);
  assert.deepEqual([...readRepository(root).files.keys()], ['.gitignore', 'packages/kept.md']);
});
