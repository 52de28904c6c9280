import assert from 'node:assert/strict';
import { chmod, readdir, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { growTree, temporaryTree } from '../files/testing.ts';
import { gitDiff } from './index.ts';
import { makeRepository, type TestRepository } from './testing.ts';

interface Plant {
  name: string;
  /** Arms the repository; `command` makes the marker file and passes its input on. */
  arm(repository: TestRepository, command: string): Promise<void> | void;
  /** What an unwary caller would run, to prove that the plant is live. */
  spring(repository: TestRepository): void;
}

const attributes = (line: string) => ({ '.gitattributes': `${line}\n` });
const plainDiff = ({ git }: TestRepository) => void git('diff');
const plainStatus = ({ git }: TestRepository) => void git('status');

const plants: Plant[] = [
  {
    name: 'core.fsmonitor',
    arm: ({ git }, command) => void git('config', 'core.fsmonitor', command),
    spring: plainStatus,
  },
  {
    name: 'diff.external',
    arm: ({ git }, command) => void git('config', 'diff.external', command),
    spring: plainDiff,
  },
  {
    name: 'a diff driver',
    async arm({ git, write }, command) {
      await write(attributes('*.txt diff=evil'));
      git('config', 'diff.evil.command', command);
    },
    spring: plainDiff,
  },
  {
    name: 'a textconv driver',
    async arm({ git, write }, command) {
      await write(attributes('*.txt diff=evil'));
      git('config', 'diff.evil.textconv', command);
    },
    spring: plainDiff,
  },
  ...['clean', 'process'].flatMap((kind) =>
    ['evil', 'ev=il', 'Ev.il"x', ''].map((driver): Plant => ({
      name: `a ${kind} filter named "${driver}"`,
      async arm({ git, write }, command) {
        await write(attributes(`*.txt filter=${driver}`));
        git('config', `filter.${driver}.${kind}`, command);
        git('config', `filter.${driver}.required`, 'true');
      },
      spring: plainDiff,
    })),
  ),
  {
    name: 'a filter in an included file',
    async arm({ git, write }, command) {
      await write({
        ...attributes('*.txt filter=evil'),
        '.git/more': `[filter "evil"]\n\tclean = "${command.replaceAll('"', '\\"')}"\n`,
      });
      git('config', 'include.path', 'more');
    },
    spring: plainDiff,
  },
  {
    name: 'a hook',
    async arm({ root, git, write }, command) {
      await write({ 'hooks/post-index-change': `#!/bin/sh\n${command}\n` });
      await chmod(path.join(root, 'hooks', 'post-index-change'), 0o755);
      git('config', 'core.hooksPath', path.join(root, 'hooks'));
    },
    spring: ({ git }) => void git('add', 'a.txt'),
  },
  {
    name: 'an alias',
    arm({ git }, command) {
      for (const name of ['diff', 'rev-parse', 'evil']) git('config', `alias.${name}`, `!${command}`);
    },
    spring: ({ git }) => void git('evil'),
  },
  {
    name: 'a remote that is asked for missing objects',
    async arm({ root, git }, command) {
      const blob = git('rev-parse', 'HEAD:a.txt').trim();
      await rm(path.join(root, '.git', 'objects', blob.slice(0, 2), blob.slice(2)), { force: true });
      git('config', 'extensions.partialClone', 'origin');
      git('config', 'core.repositoryFormatVersion', '1');
      git('config', 'remote.origin.promisor', 'true');
      git('config', 'remote.origin.url', `ext::${command} quiet`);
      git('config', 'protocol.ext.allow', 'always');
    },
    spring: plainDiff,
  },
  {
    name: 'a submodule with its own configuration',
    async arm({ root, git, write }, command) {
      await write({ 'sub/a.txt': 'one\n' });
      git('init', '-q', 'sub');
      git('-C', 'sub', 'add', '-A');
      git('-C', 'sub', 'commit', '-q', '-m', 'one');
      git('add', 'sub');
      git('commit', '-q', '-m', 'sub');
      git('config', 'diff.submodule', 'diff');
      git('-C', path.join(root, 'sub'), 'config', 'core.fsmonitor', command);
      await write({ 'sub/a.txt': 'two\n' });
    },
    spring: plainDiff,
  },
];

const skip = process.platform === 'win32' ? 'the planted programs are shell scripts' : false;

describe('a repository whose configuration names programs runs none of them', { skip }, () => {
  for (const plant of plants) {
    it(plant.name, async (t) => {
      const base = await temporaryTree(t, { 'marks/.keep': '' });
      const repository = await makeRepository(base, 'project');
      await repository.write({ 'a.txt': 'one\n' });
      repository.commit();
      await growTree(base, {
        'bin/evil.sh': `#!/bin/sh\necho ran >> "${base}/marks/ran"\n[ "$1" = quiet ] || cat "$@" 2>/dev/null\nexit 0\n`,
      });
      const bin = path.join(base, 'bin');
      await chmod(path.join(bin, 'evil.sh'), 0o755);
      // By its name alone: in the path of a temporary folder there may be spaces.
      repository.env['PATH'] = [bin, repository.env['PATH']].join(path.delimiter);
      await plant.arm(repository, 'evil.sh');
      await repository.write({ 'a.txt': 'two\n' });
      const marks = async () => (await readdir(path.join(base, 'marks'))).includes('ran');

      await gitDiff({ root: repository.root, env: repository.env, maxBytes: 100_000 }).catch(
        (error: unknown) => {
          assert.equal((error as { code?: string }).code, 'git.failed');
        },
      );
      assert.equal(await marks(), false, 'nothing ran');
      plant.spring(repository);
      assert.equal(await marks(), true, 'the plant is live');
    });
  }

  it('a git program that the project brings along, in a folder of the PATH', async (t) => {
    const base = await temporaryTree(t, { 'marks/.keep': '' });
    const repository = await makeRepository(base, 'project');
    await repository.write({
      'a.txt': 'one\n',
      'node_modules/.bin/git': `#!/bin/sh\necho ran > "${base}/marks/ran"\n`,
      // A name that only looks like the way out of the project.
      '..bin/git': `#!/bin/sh\necho ran > "${base}/marks/ran"\n`,
    });
    const bins = ['node_modules/.bin', '..bin'].map((bin) => path.join(repository.root, bin));
    for (const bin of bins) await chmod(path.join(bin, 'git'), 0o755);
    const env = { ...repository.env, PATH: ['.', '', ...bins, repository.env['PATH']].join(path.delimiter) };
    const { untracked } = await gitDiff({ root: repository.root, env, maxBytes: 1_000 });
    assert.ok(untracked.includes('a.txt'));
    assert.deepEqual(await readdir(path.join(base, 'marks')), ['.keep']);
  });

  it('a git program of the project that the PATH names through links', async (t) => {
    const base = await temporaryTree(t, { 'marks/.keep': '', 'bin/.keep': '' });
    const repository = await makeRepository(base, 'project');
    await repository.write({
      'a.txt': 'one\n',
      'node_modules/.bin/git': `#!/bin/sh\necho ran > "${base}/marks/ran"\n`,
    });
    await chmod(path.join(repository.root, 'node_modules', '.bin', 'git'), 0o755);
    await symlink(repository.root, path.join(base, 'alias'));
    await symlink(path.join(repository.root, 'node_modules', '.bin', 'git'), path.join(base, 'bin', 'git'));
    const bins = ['alias/node_modules/.bin', 'bin'].map((bin) => path.join(base, bin));
    const env = { ...repository.env, PATH: [...bins, repository.env['PATH']].join(path.delimiter) };
    const { untracked } = await gitDiff({ root: repository.root, env, maxBytes: 1_000 });
    assert.ok(untracked.includes('a.txt'));
    assert.deepEqual(await readdir(path.join(base, 'marks')), ['.keep']);
  });

  it('variables that point git elsewhere are not passed on', async (t) => {
    const base = await temporaryTree(t, { 'marks/.keep': '' });
    const repository = await makeRepository(base, 'project');
    const other = await makeRepository(base, 'other');
    await repository.write({ 'a.txt': 'one\n' });
    repository.commit();
    await repository.write({ 'a.txt': 'two\n' });
    const env = {
      ...repository.env,
      GIT_DIR: path.join(other.root, '.git'),
      GIT_EXTERNAL_DIFF: `echo > "${base}/marks/ran"; true`,
      GIT_CONFIG_PARAMETERS: `'diff.noprefix=true'`,
    };
    const { diff } = await gitDiff({ root: repository.root, env, maxBytes: 1_000 });
    assert.match(diff, /^diff --git a\/a\.txt b\/a\.txt\n[^]*-one\n\+two\n$/);
    assert.deepEqual(await readdir(path.join(base, 'marks')), ['.keep']);
  });
});
