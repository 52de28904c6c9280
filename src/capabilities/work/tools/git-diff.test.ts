import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { scriptedModel } from '../../models/testing.ts';
import { openReviewDesk } from '../review-fixture.ts';

it('git_diff names what is changed in a submodule, whose changes no diff of the project shows', async (t) => {
  const desk = await openReviewDesk(t, { 'a.ts': 'export {};\n' });
  const git = (folder: string, ...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
      cwd: join(desk.root, folder),
    });
  await mkdir(join(desk.root, 'sm'));
  await writeFile(join(desk.root, 'sm/b.ts'), 'export {};\n');
  await writeFile(join(desk.root, '.gitmodules'), '[submodule "sm"]\n\tpath = sm\n\turl = ../sm\n');
  for (const folder of ['sm', '.']) {
    git(folder, 'init', '-q');
    git(folder, 'add', '.');
    git(folder, 'commit', '-q', '-m', 'begin');
  }
  await writeFile(join(desk.root, 'sm/b.ts'), 'export const b = 2;\n');
  const model = scriptedModel(t, [
    { reply: [{ tool: 'git_diff', input: {} }] },
    {
      expects: ({ prompt }) =>
        assert.match(
          JSON.stringify(prompt),
          /No differences\.\\nChanged or new in submodules[^:]*: sm\/b\.ts\./,
        ),
      reply: 'Seen.',
    },
  ]);
  await desk.review({ model, task: 'what changed in this repository' });
});
