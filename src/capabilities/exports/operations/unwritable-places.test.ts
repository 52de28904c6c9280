import assert from 'node:assert/strict';
import { chmod, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { growTree } from '../../../platform/files/testing.ts';
import { hashOfStandard } from '../../standards/index.ts';
import { done, errors, project, waiting } from './export-fixture.ts';

describe('[X7] places that an export does not write', () => {
  it(
    'writes through a link inside the project, and nothing outside of it',
    { skip: process.platform === 'win32' },
    async (t) => {
      const { base, run, read, root, write } = await project(t, { 'a/one': errors });
      await write({ 'CLAUDE.md': '# Mine\n' });
      await symlink('CLAUDE.md', path.join(root, 'AGENTS.md'));
      await growTree(base, { 'outside/.keep': '' });
      await symlink(path.join(base, 'outside'), path.join(root, '.cursor'));
      const output = await run('all');
      assert.match(await read('CLAUDE.md'), /troupe:standards begin/);
      const cursor = output.files.find(({ target }) => target === 'cursor')!;
      assert.equal(cursor.action, 'conflict');
      assert.deepEqual(await readdir(path.join(base, 'outside')), ['.keep']);
      assert.ok(done(output).includes('create .claude/rules/troupe.a.one.md'));
    },
  );

  it('leaves what its owner made read-only, names what cannot be written, and does the others', async (t) => {
    const { run, read, root, write, approved } = await project(t, { 'a/one': errors, 'a/two': waiting });
    await run('all');
    const kept = path.join(root, '.claude/rules/troupe.a.one.md');
    await chmod(kept, 0o444);
    assert.ok(done(await run('claude')).every((line) => line.startsWith('keep')));
    const changed = errors.replace('Codes are stable', 'Codes never change');
    await write({ '.agent-os/standards/a/one.md': changed });
    approved.set('a/one', new Set([hashOfStandard(changed)]));
    await rm(path.join(root, '.cursor'), { recursive: true });
    await write({ '.cursor': 'a file' });
    const { files } = await run('all');
    assert.deepEqual(
      files.filter(({ action }) => action === 'conflict').map(({ path: file, reason }) => [file, reason]),
      [
        ['.cursor/rules/troupe.a.one.mdc', 'a file stands where its folder would be'],
        ['.cursor/rules/troupe.a.two.mdc', 'a file stands where its folder would be'],
        ['.claude/rules/troupe.a.one.md', 'it is read-only: make it writable and export again'],
      ],
    );
    assert.doesNotMatch(await read('.claude/rules/troupe.a.one.md'), /never change/);
    assert.match(await read('AGENTS.md'), /never change/);
    await chmod(kept, 0o644);
    assert.ok(done(await run('claude')).includes('update .claude/rules/troupe.a.one.md'));
  });

  it(
    'foresees in a dry run the folders that nothing can be written into',
    { skip: process.platform === 'win32' },
    async (t) => {
      const { run, root, write } = await project(t, { 'a/one': errors });
      await write({ '.cursor': 'a file', '.claude/settings.json': '{}' });
      await chmod(path.join(root, '.claude'), 0o555);
      const foreseen = await run('all', { dry_run: true });
      assert.deepEqual(
        foreseen.files.map(({ path: file, action, reason }) => [action, file, reason]),
        [
          ['conflict', '.cursor/rules/troupe.a.one.mdc', 'a file stands where its folder would be'],
          [
            'conflict',
            '.claude/rules/troupe.a.one.md',
            '.claude is read-only: make it writable and export again',
          ],
          ['create', '.github/instructions/troupe.a.one.instructions.md', null],
          ['create', 'AGENTS.md', null],
        ],
      );
      const done = await run('all');
      assert.deepEqual(
        done.files.map(({ action, reason }) => [action, reason]),
        foreseen.files.map(({ action, reason }) => [action, reason]),
      );
      await chmod(path.join(root, '.claude'), 0o755);
    },
  );

  it('leaves a file that is no UTF-8, or no file, as it is', async (t) => {
    const { run, root, write } = await project(t, { 'a/one': errors });
    const latin = Buffer.from([0x23, 0x20, 0xe4, 0x0a]);
    await writeFile(path.join(root, 'AGENTS.md'), latin);
    await write({ '.cursor/rules/troupe.a.one.mdc/x': '' });
    const output = await run('all');
    const conflicts = output.files.filter(({ action }) => action === 'conflict');
    assert.deepEqual(
      conflicts.map(({ path: file, reason }) => [file, reason]),
      [
        ['.cursor/rules/troupe.a.one.mdc', 'it is a folder'],
        ['AGENTS.md', 'it is not UTF-8 text'],
      ],
    );
    assert.deepEqual(await readFile(path.join(root, 'AGENTS.md')), latin);
  });
});
