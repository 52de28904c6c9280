import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { openTestProject, untilFound, type TestProject } from '../testing.ts';
import type { StandardsIndex } from '../standards-index.ts';

const run = promisify(execFile);
const text = (word: string) => `# About ${word}\n\nThe rule on ${word}.\n`;

/** A project whose index is kept in this process; looks without an event come once a minute, so events must do. */
async function kept(
  t: TestContext,
  files: Record<string, string> = { 'a/first.md': text('first') },
): Promise<TestProject & { index: StandardsIndex; place: (name: string) => string }> {
  const project = await openTestProject(t, files);
  const index = await project.open();
  await index.keep();
  const place = (name: string) => path.join(project.root, '.agent-os/standards', name);
  return { ...project, index, place };
}

const has = (id: string) => (ids: string[]) => ids.includes(id);
const lacks = (id: string) => (ids: string[]) => !ids.includes(id);

describe('a kept index', () => {
  it('[A12] finds what is created, changed, renamed and deleted, without being asked to look', async (t) => {
    const { index, write, place } = await kept(t);
    await write({ 'a/second.md': text('kettles') });
    await untilFound(index, 'kettles', has('a/second'));
    await write({ 'a/second.md': text('spoons') });
    await untilFound(index, 'spoons', has('a/second'));
    await untilFound(index, 'kettles', lacks('a/second'));
    await rename(place('a/second.md'), place('a/third.md'));
    await untilFound(index, 'spoons', (ids) => has('a/third')(ids) && lacks('a/second')(ids));
    await rm(place('a/third.md'));
    await untilFound(index, 'spoons', lacks('a/third'));
    await write({ 'new-domain/fourth.md': text('forks') });
    await untilFound(index, 'forks', has('new-domain/fourth'));
    await rename(place('new-domain'), place('other-domain'));
    await untilFound(index, 'forks', has('other-domain/fourth'));
    await write({ 'other-domain/fifth.md': text('plates') });
    await untilFound(index, 'plates', has('other-domain/fifth'));
  });

  it('[A12] sees a save as each kind of editor makes it', async (t) => {
    const { index, place } = await kept(t);
    const file = place('a/first.md');
    const saves: Record<string, (content: string) => Promise<void>> = {
      truncates: (content) => writeFile(file, content),
      async replaces(content) {
        await writeFile(`${file}.tmp`, content);
        await rename(`${file}.tmp`, file);
      },
      async backsUp(content) {
        await rename(file, `${file}~`);
        await writeFile(file, content);
        await rm(`${file}~`);
      },
      async deletes(content) {
        await rm(file);
        await writeFile(file, content);
      },
      async inPieces(content) {
        const handle = await open(file, 'w');
        for (const piece of content.match(/[^]{1,7}/g)!) {
          await handle.write(piece);
          await handle.sync();
        }
        await handle.close();
      },
      async leavesSwap(content) {
        await writeFile(place('a/.first.md.swp'), 'x');
        await writeFile(place('a/4913'), '');
        await rm(place('a/4913'));
        await writeFile(file, content);
        await rm(place('a/.first.md.swp'));
      },
    };
    for (const [name, save] of Object.entries(saves)) {
      await save(text(`editor${name}`));
      await untilFound(index, `editor${name}`, has('a/first'));
      assert.equal((await index.status()).standards, 1, name);
    }
  });

  it('[A12] takes in a burst of 500 files, and their going', async (t) => {
    const { index, write, place } = await kept(t);
    await write(
      Object.fromEntries(
        Array.from({ length: 500 }, (_, n) => [`burst/file-${n}.md`, text(`burst number${n}`)]),
      ),
    );
    await untilFound(index, 'number499', has('burst/file-499'));
    await untilFound(index, 'number250', has('burst/file-250'));
    await rm(place('burst'), { recursive: true });
    // A look in the middle of the removal drops a part of them; the next one drops the rest.
    await untilFound(index, 'burst', (ids) => ids.every((id) => !id.startsWith('burst/')));
    assert.equal((await index.status()).standards, 1);
  });

  it('[A12] follows a checkout of another branch and back', async (t) => {
    const project = await openTestProject(t, {
      'a/first.md': text('apples'),
      'b/only-main.md': text('pears'),
    });
    const git = (...args: string[]) =>
      run('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd: project.root });
    await git('init', '-q', '-b', 'main');
    await git('add', '.agent-os/standards');
    await git('commit', '-q', '-m', 'one');
    await git('checkout', '-q', '-b', 'other');
    await git('rm', '-q', '-r', '.agent-os/standards/b');
    await project.write({ 'a/first.md': text('quinces'), 'c/only-other.md': text('cherries') });
    await git('add', '.agent-os/standards');
    await git('commit', '-q', '-m', 'two');
    const index = await project.open();
    await index.keep();
    await untilFound(index, 'cherries', has('c/only-other'));
    for (const [branch, here, gone] of [
      ['main', ['pears', 'b/only-main'], ['quinces', 'a/first']],
      ['other', ['quinces', 'a/first'], ['pears', 'b/only-main']],
    ] as const) {
      await git('checkout', '-q', branch);
      await untilFound(index, here[0], has(here[1]));
      await untilFound(index, gone[0], lacks(gone[1]));
    }
  });

  it('[A12] waits for a folder that appears later, and survives that it is deleted and comes again', async (t) => {
    const project = await openTestProject(t);
    await rm(path.join(project.root, '.agent-os'), { recursive: true });
    const index = await project.open();
    await index.keep();
    assert.equal((await index.status()).standards, 0);
    for (const word of ['early', 'afresh']) {
      await mkdir(path.join(project.root, '.agent-os/standards/x/'), { recursive: true });
      await project.write({ [`x/${word}.md`]: text(word) });
      await untilFound(index, word, has(`x/${word}`));
      await rm(path.join(project.root, '.agent-os/standards'), { recursive: true });
      await untilFound(index, word, lacks(`x/${word}`));
    }
  });

  it('finds by looking what no event told of', async (t) => {
    const project = await openTestProject(t, { 'a/first.md': text('first') });
    const index = await project.open({ settings: { rescanMs: 500 } });
    const notWatched = path.join(project.root, 'elsewhere');
    await index.keep();
    // A folder that was made elsewhere and moved in at once brings files that no watcher saw coming.
    await mkdir(path.join(notWatched, 'deep'), { recursive: true });
    await writeFile(path.join(notWatched, 'deep', 'late.md'), text('late'));
    await rename(path.join(notWatched, 'deep'), path.join(project.root, '.agent-os/standards/deep'));
    await untilFound(index, 'late', has('deep/late'));
  });
});
