import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { openProjectFiles, type ProjectFiles } from '../../../platform/files/index.ts';
import { scopeOfTask } from './scope-of-task.ts';

const folders = [
  'tëst',
  'src',
  'src/auth',
  'tools',
  'tests',
  'model',
  'test',
  'data',
  'my folder',
  'api',
  'the',
];
let place = '';
let files: ProjectFiles;

before(async () => {
  place = await realpath(await mkdtemp(join(tmpdir(), 'scope-')));
  const root = join(place, 'project');
  for (const folder of folders) {
    await mkdir(join(root, folder), { recursive: true });
    await writeFile(join(root, folder, 'a.ts'), 'export {};\n'.repeat(30));
  }
  await writeFile(join(root, 'README.md'), '# Shop\n');
  await writeFile(join(root, 'tëst', 'größe.ts'), '');
  await writeFile(join(root, 'tëst', 'décomposé.ts'.normalize('NFD')), '');
  await writeFile(join(root, 'model', 'two words.ts'), '');
  await mkdir(join(root, 'twins'));
  for (const name of ['One.ts', 'ONE.ts']) await writeFile(join(root, 'twins', name), '');
  await mkdir(join(place, 'outside'));
  await symlink(join(place, 'outside'), join(root, 'leads-out'));
  await symlink(join(root, 'src'), join(root, 'inner-link'));
  files = await openProjectFiles({ root });
});
after(() => rm(place, { recursive: true, force: true }));

type Row = [task: string, paths: string[], missing?: string[]];
const twins: Row = ['review twins/one.ts', [], ['twins/one.ts']];

const table: Row[] = [
  ['review src tools', ['src', 'tools']],
  ['review src and tools', ['src', 'tools']],
  ['review the src folder, then tools.', ['src']],
  ['Please review src, tests and tools!', ['src', 'tests', 'tools']],
  ['review (src/auth).', ['src/auth']],
  ['review `src/auth` and "tools"', ['src/auth', 'tools']],
  ['review "my folder"', ['my folder']],
  ["don't touch tools' internals; review src/auth", ['src/auth']],
  ['review src/auth/a.ts:12', ['src/auth/a.ts']],
  ['review src/auth/a.ts:12-20, tools/a.ts:3:7', ['src/auth/a.ts', 'tools/a.ts']],
  ['review src/auth/a.ts#L12-L20', ['src/auth/a.ts']],
  ['review src/auth/a.ts(12,5)', ['src/auth/a.ts']],
  ['review src and src/auth', ['src']],
  ['review src src src/', ['src']],
  ['review ./src/../tools', ['tools']],
  ['review inner-link', ['src']],
  ['review README.md', ['README.md']],
  ['review .', []],
  ['review . and src', []],
  ['review this', []],
  ['', []],
  ['review src for test gaps and data loss', ['src']],
  ['how does the login work with our data', []],
  ['check the route /api/users and POST /api/orders', [], ['/api/users', '/api/orders']],
  ['review https://example.com/src/auth', []],
  ['review the client / server protocol', []],
  ['is read/write and/or safe, e.g. with Node.js or req.body', []],
  ['review src/nope and lib/none.ts, and src', ['src'], ['src/nope', 'lib/none.ts']],
  ['review src/nope/ now', [], ['src/nope/']],
  ['review src/nope for gaps', [], ['src/nope']],
  ['review nope/x', [], ['nope/x']],
  ['review nope/x and src', ['src'], ['nope/x']],
  ['review the buyer/seller protocol', []],
  ['review I/O and CI/CD of @scope/name', []],
  ['review express.js usage', []],
  ['review src/I.ts/O', [], ['src/I.ts/O']],
  ['review tëst/größe.ts', ['tëst/größe.ts']],
  ['review tëst', ['tëst']],
  ['review TËST/GRÖSSE.ts tëst/GRÖßE.ts', ['tëst/größe.ts'], ['TËST/GRÖSSE.ts']],
  ['review tëst/décomposé.ts', [`tëst/${'décomposé.ts'.normalize('NFD')}`]],
  ['review tëst/größe.ts'.normalize('NFD'), ['tëst/größe.ts']],
  ['review my folder', ['my folder']],
  ['review nope/../x.ts', [], ['nope/../x.ts']],
  ['review ./src/../tools or ../project/src', ['tools', 'src']],
  ['review my folder/a.ts, and model/two words.ts', ['my folder/a.ts', 'model/two words.ts']],
  ['review @src/a.ts', ['src/a.ts']],
  ['look at @src/auth and @tools/a.ts:3', ['src/auth', 'tools/a.ts']],
  ['why is @scope/package old', []],
  ['review [src/a.ts](src/a.ts)', ['src/a.ts']],
  ['review [the login](src/auth/a.ts#L3), please', ['src/auth/a.ts']],
  ['review SRC/A.TS', ['src/a.ts']],
  ['review readme.md', ['README.md']],
  // Elsewhere the two are one file.
  ...(process.platform === 'linux' ? [twins] : []),
  ['review src\\auth\\a.ts', ['src/auth/a.ts']],
  ['review src/*.ts', ['src/a.ts']],
  ['review src/**/*.ts', ['src/a.ts', 'src/auth/a.ts']],
  ['review tools/*.py', [], ['tools/*.py']],
  ['what is **bold** and 2*3', []],
  ['review (`my folder/a.ts:12`)', ['my folder/a.ts']],
  ['review “my folder/a.ts”', ['my folder/a.ts']],
];

describe('the scope of a task', () => {
  for (const [task, paths, missing = []] of table) {
    it(`of "${task}" is ${paths.length === 0 ? 'the whole project' : paths.join(', ')}`, async () => {
      const scope = await scopeOfTask(task, files);
      assert.deepEqual({ paths: scope.paths, missing: scope.missing }, { paths, missing });
    });
  }

  it('[A9] refuses what leads out of the project, through links too, and says nothing of what is there', async () => {
    for (const word of [
      '../outside',
      join(place, 'outside'),
      'leads-out',
      './leads-out',
      '`leads-out`',
      '..',
    ]) {
      await assert.rejects(scopeOfTask(`review ${word}`, files), { code: 'files.outside_project' }, word);
    }
  });

  it('is the lines that a range names, within the file', async () => {
    const scope = await scopeOfTask('review src/a.ts:20-500 and tools/a.ts#L7-L9, tools/a.ts:1-2', files);
    assert.equal(scope.stated, 'lines 20 to 30 of src/a.ts and lines 7 to 9 and 1 to 2 of tools/a.ts');
    assert.deepEqual(scope.lines.get('src/a.ts'), [{ first: 20, last: 30 }]);
    assert.equal((await scopeOfTask('review src/a.ts:3-4 and src/a.ts', files)).lines.size, 0);
    assert.equal((await scopeOfTask('review src/a.ts:3-4 and src', files)).lines.size, 0);
    assert.equal((await scopeOfTask('review src/a.ts:12', files)).stated, 'src/a.ts');
    const beyond = await scopeOfTask('review src/a.ts:80-90', files);
    assert.deepEqual(beyond.surelyMissing, ['src/a.ts:80-90 (it has 30 lines)']);
  });

  it('tells what can be nothing but a path from what may be a phrase', async () => {
    for (const [task, surely] of [
      ['review src/adimn.ts', ['src/adimn.ts']],
      ['review src/auth2', ['src/auth2']],
      ['review @src/nope', ['@src/nope']],
      ['review ./nope and ../project/none', ['./nope', '../project/none']],
      ['review nope/x, client/server and /api/users', []],
    ] as const)
      assert.deepEqual((await scopeOfTask(task, files)).surelyMissing, surely, task);
  });

  it('says so when a task names more places than it can take', async () => {
    const many = Array.from({ length: 25 }, (_, n) => `many/${n}`);
    for (const path of many) await mkdir(join(files.root, path), { recursive: true });
    const scope = await scopeOfTask(`review ${many.join(' ')}`, files);
    assert.deepEqual(scope.paths, []);
    assert.match(scope.stated, /the whole project \(the task names 25 places, more than 20\)/);
  });

  it('takes a task of a thousand words, and any text at all', async () => {
    const long = `review src ${'and then some more words about billing '.repeat(150)} tools/a.ts`;
    assert.deepEqual((await scopeOfTask(long, files)).paths, ['src', 'tools/a.ts']);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (text) => {
        const scope = await scopeOfTask(text, files).catch(
          (error: unknown) => (error as { code?: string }).code,
        );
        assert.ok(typeof scope === 'object' || scope === 'files.outside_project');
      }),
    );
  });

  it('is exactly the folders named, in any order, joined by any of the usual words', async () => {
    const known = ['src/auth', 'tools', 'tests', 'model'];
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(known, { minLength: 1 }),
        fc.constantFrom(' ', ' and ', ', ', ', and the ', '; '),
        fc.constantFrom('review ', 'Check the ', 'please look at ', 'audit code in '),
        async (named, joint, verb) => {
          const scope = await scopeOfTask(verb + named.join(joint), files);
          assert.deepEqual(scope.paths, named);
        },
      ),
    );
  });
});
