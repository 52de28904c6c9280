import assert from 'node:assert/strict';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { diffBelow } from './diff-paths.ts';
import { fileChangesOf } from './file-changes.ts';
import { makeRepository } from './testing.ts';

describe('a diff whose paths are relative to a folder', () => {
  it('is, read from the root, what git prints there', async (t) => {
    const base = await realpath(await mkdtemp(path.join(tmpdir(), 'troupe-')));
    t.after(() => rm(base, { recursive: true, force: true, maxRetries: 5 }));
    const { git, write, commit } = await makeRepository(base, 'project');
    await write({
      'src/a.ts': 'one\n-- b/gone.ts\ntwo\n',
      'src/größe ä.ts': 'one\n',
      'src/gone.ts': 'gone\n',
      'src/old.ts': 'a\nb\nc\nd\ne\nf\ng\n',
      'src/logo.png': 'a\0b',
    });
    commit();
    git('mv', 'src/old.ts', 'src/moved.ts');
    git('rm', '-q', 'src/gone.ts');
    await write({
      'src/a.ts': 'one\n++ b/other.ts\ntwo\n',
      'src/größe ä.ts': 'two',
      'src/moved.ts': 'a\nb\nc\nd\ne\nf\nh\n',
      'src/logo.png': 'a\0c',
      'src/new.ts': 'new\n',
    });
    git('add', '-A');
    const whole = git('diff', '--staged', '-M');
    const relative = git('-C', 'src', 'diff', '--staged', '-M', '--relative');
    assert.notEqual(relative, whole);
    const read = (diff: string) => [...fileChangesOf(diff)].sort(([a], [b]) => (a < b ? -1 : 1));
    assert.deepEqual(read(diffBelow(relative, 'src', () => false)), read(whole));
    const windows = diffBelow(relative.replaceAll('\n', '\r\n'), 'src', () => false);
    assert.deepEqual(
      read(windows).map(([file]) => file),
      read(whole).map(([file]) => file),
    );
  });
});
