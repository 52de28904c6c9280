import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, chown, lstat, readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { isAppError } from '../../kernel/index.ts';
import { ensureAgentOsFolder, writeFileAtomically } from './index.ts';
import { afterwards, temporaryTree } from './testing.ts';

test('a write replaces the old content, makes folders, and leaves nothing else behind', async (t) => {
  const root = await temporaryTree(t);
  const target = path.join(root, 'deep', 'down', 'a.md');
  await writeFileAtomically(target, 'old');
  await writeFileAtomically(target, 'new é');
  assert.equal(await readFile(target, 'utf8'), 'new é');
  assert.deepEqual(await readdir(path.dirname(target)), ['a.md']);
  await assert.rejects(writeFileAtomically(path.join(target, 'below'), ''), { code: 'files.not_a_folder' });
  await assert.rejects(writeFileAtomically(path.join(root, 'deep'), ''), { code: 'files.not_writable' });
});

test('of ten exclusive writers one succeeds, and its content stands', async (t) => {
  const root = await temporaryTree(t);
  const target = path.join(root, 'a.md');
  const outcomes = await Promise.allSettled(
    Array.from({ length: 10 }, (_, index) =>
      writeFileAtomically(target, `writer ${index}`, { exclusive: true }),
    ),
  );
  const winners = outcomes.flatMap((outcome, index) => (outcome.status === 'fulfilled' ? [index] : []));
  assert.equal(winners.length, 1);
  assert.equal(await readFile(target, 'utf8'), `writer ${winners[0]}`);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') assert.ok(isAppError(outcome.reason, 'files.exists'));
  }
  assert.deepEqual(await readdir(root), ['a.md']);
});

test('a link in the place of the file is replaced, its target untouched', async (t) => {
  const root = await temporaryTree(t, { 'precious.txt': 'precious', 'a.md': { linkTo: 'precious.txt' } });
  await assert.rejects(writeFileAtomically(path.join(root, 'a.md'), 'x', { exclusive: true }), {
    code: 'files.exists',
  });
  await writeFileAtomically(path.join(root, 'a.md'), 'mine');
  assert.equal(await readFile(path.join(root, 'precious.txt'), 'utf8'), 'precious');
});

const asPosix = { skip: process.platform === 'win32' };

test('permissions are those asked for', asPosix, async (t) => {
  const root = await temporaryTree(t);
  await writeFileAtomically(path.join(root, 'key'), 'x', { mode: 0o600 });
  assert.equal((await stat(path.join(root, 'key'))).mode & 0o777, 0o600);
});

test(
  'a replaced file keeps its permissions, whatever the mask, unless others are asked for',
  asPosix,
  async (t) => {
    const root = await temporaryTree(t, {
      private: 'x',
      shared: 'x',
      precious: 'x',
      link: { linkTo: 'precious' },
    });
    const before = process.umask(0o077);
    t.after(() => void process.umask(before));
    const modeOf = async (name: string) => (await lstat(path.join(root, name))).mode & 0o777;
    for (const [name, mode] of [
      ['private', 0o600],
      ['shared', 0o664],
      ['precious', 0o755],
    ] as const) {
      await chmod(path.join(root, name), mode);
      await writeFileAtomically(path.join(root, name), 'new');
      assert.equal(await modeOf(name), mode, name);
    }
    await writeFileAtomically(path.join(root, 'shared'), 'new', { mode: 0o640 });
    assert.equal(await modeOf('shared'), 0o640);
    // What a link points to lends nothing to the file that takes the link's place.
    await writeFileAtomically(path.join(root, 'link'), 'new');
    assert.equal(await modeOf('link'), 0o600);
  },
);

/** Whether this process may do what others may not: then it acts as somebody else until the test ends. */
function becomeNobody(t: TestContext): void {
  if (process.geteuid!() !== 0) return;
  process.seteuid!(65_534);
  // Before the folder is removed, which may lie in one that nobody may write.
  afterwards(t, () => process.seteuid!(0));
}

test(
  'a folder that may be written but not read takes the new content, and no failure is told',
  asPosix,
  async (t) => {
    const root = await temporaryTree(t, { 'drop/a.md': 'old' });
    const drop = path.join(root, 'drop');
    if (process.geteuid!() === 0) for (const place of [root, drop]) await chown(place, 65_534, 65_534);
    await chmod(drop, 0o300);
    becomeNobody(t);
    await writeFileAtomically(path.join(drop, 'a.md'), 'new');
    await writeFileAtomically(path.join(drop, 'b.md'), 'made', { exclusive: true });
    assert.equal(await readFile(path.join(drop, 'b.md'), 'utf8'), 'made');
    await chmod(drop, 0o700);
    assert.deepEqual((await readdir(drop)).sort(), ['a.md', 'b.md']);
    assert.equal(await readFile(path.join(drop, 'a.md'), 'utf8'), 'new');
  },
);

/** Mounts a disk of 64 KB; says whether this process may. */
function mountTinyDisk(disk: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

test('a full disk is said, and the old content stands', { skip: process.platform !== 'linux' }, async (t) => {
  const root = await temporaryTree(t, { 'disk/.keep': '' });
  const disk = path.join(root, 'disk');
  if (!mountTinyDisk(disk)) {
    assert.ok(
      !process.env['CI'],
      'a test disk could not be mounted; run as root, or in a container that may mount',
    );
    return t.skip('mounting a test disk needs root');
  }
  try {
    const target = path.join(disk, 'a.md');
    await writeFileAtomically(target, 'old');
    await assert.rejects(writeFileAtomically(target, 'x'.repeat(200_000)), {
      code: 'files.disk_full',
      category: 'unavailable',
      retryable: true,
      details: { path: 'a.md', systemCode: 'ENOSPC' },
    });
    assert.equal(await readFile(target, 'utf8'), 'old');
    assert.deepEqual(await readdir(disk), ['a.md']);
  } finally {
    execFileSync('umount', [disk]);
  }
});

test('the .agent-os folder is made once, by however many start at once, and kept out of git where it must be', async (t) => {
  const root = await temporaryTree(t);
  const folders = await Promise.all(Array.from({ length: 8 }, () => ensureAgentOsFolder(root)));
  assert.deepEqual(new Set(folders.map(({ folder }) => folder)), new Set([path.join(root, '.agent-os')]));
  assert.equal(folders.filter(({ isNew }) => isNew).length, 1, 'one of them made it');
  const rules = await readFile(path.join(root, '.agent-os', '.gitignore'), 'utf8');
  assert.match(rules, /^troupe\.db\*\n\.cache\/\n/m);
  assert.deepEqual(await readdir(path.join(root, '.agent-os')), ['.gitignore']);
});

test('an existing .gitignore stays; a folder that leads out of the project, or a file in its place, is refused', async (t) => {
  const base = await temporaryTree(t, {
    'kept/.agent-os/.gitignore': 'mine\n',
    'outside/x': '',
    'linked/.agent-os': { linkTo: '../outside' },
    'dangling/.agent-os': { linkTo: '../made-by-attack' },
    'file/.agent-os': 'a file',
  });
  await ensureAgentOsFolder(path.join(base, 'kept'));
  assert.equal(await readFile(path.join(base, 'kept/.agent-os/.gitignore'), 'utf8'), 'mine\n');
  await assert.rejects(ensureAgentOsFolder(path.join(base, 'linked')), { code: 'files.outside_project' });
  await assert.rejects(ensureAgentOsFolder(path.join(base, 'dangling')), { code: 'files.outside_project' });
  await assert.rejects(ensureAgentOsFolder(path.join(base, 'file')), { code: 'files.not_a_folder' });
  assert.deepEqual(await readdir(path.join(base, 'outside')), ['x']);
  assert.ok(!(await readdir(base)).includes('made-by-attack'));
});
