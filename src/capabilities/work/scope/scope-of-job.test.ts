import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { openProjectFiles } from '../../../platform/files/index.ts';
import { temporaryTree } from '../../../platform/files/testing.ts';
import { scopeOfJob } from './scope-of-job.ts';

const text = 'const a = 1;\n';
const diff = (path: string, before = 'const a = 1;') =>
  `--- a/${path}\n+++ b/${path}\n@@ -1 +1,2 @@\n ${before}\n+const b = 2;\n`;
const made = (path: string) => `--- /dev/null\n+++ b/${path}\n@@ -0,0 +1 @@\n+const b = 2;\n`;
const redact = (given: string) => Promise.resolve({ text: given.replaceAll('hush', '[redacted: test]') });

async function scopeIn(t: TestContext, files: Record<string, string>, task: string, context: string | null) {
  return scopeOfJob(
    { task, context },
    await openProjectFiles({ root: await temporaryTree(t, files) }),
    redact,
  );
}

describe('the scope of a job with a diff', () => {
  it('is the lines that it adds, applied here or not, also in files that it makes', async (t) => {
    const files = { 'src/a.ts': text, 'src/b.ts': `${text}const b = 2;\n` };
    const context = diff('src/a.ts') + diff('src/b.ts') + made('src/new.ts');
    const scope = await scopeIn(t, files, 'review this diff', context);
    assert.deepEqual(scope.paths, ['src/a.ts', 'src/b.ts', 'src/new.ts']);
    assert.equal(scope.stated, 'the changed lines of src/a.ts, src/b.ts and src/new.ts');
    assert.deepEqual(
      [...scope.lines].map(([file, lines]) => [file, ...lines]),
      [
        ['src/a.ts', 2],
        ['src/b.ts', 2],
        ['src/new.ts', 1],
      ],
    );
    assert.deepEqual([...scope.diff!.texts.keys()], ['src/a.ts', 'src/new.ts']);
  });

  it('is that of files here, whatever prefixes the diff was made with', async (t) => {
    for (const [old, young] of [
      ['i/', 'w/'],
      ['', ''],
      ['old/', 'new/'],
    ] as const) {
      const context = diff('src/a.ts').replace('a/src', `${old}src`).replace('b/src', `${young}src`);
      const scope = await scopeIn(t, { 'src/a.ts': text, 'a.ts': text }, 'review this diff', context);
      assert.deepEqual(scope.paths, ['src/a.ts']);
    }
  });

  it('has nothing of a file that is neither as the diff finds it nor as it leaves it, and names it', async (t) => {
    const context = diff('src/a.ts', 'another line') + diff('src/gone.ts');
    const scope = await scopeIn(t, { 'src/a.ts': text }, 'review this diff', context);
    assert.deepEqual([scope.paths, scope.stated], [[], 'the changed lines of src/a.ts and src/gone.ts']);
    assert.deepEqual(
      scope.diff!.notComparable.map(({ file }) => file),
      ['src/a.ts', 'src/gone.ts'],
    );
  });

  it('is narrowed by the places that the task names, be they made by the diff', async (t) => {
    const files = { 'src/a.ts': text, 'lib/b.ts': text };
    const context = diff('src/a.ts') + made('src/new.ts') + diff('lib/b.ts');
    const scopeOf = (task: string) => scopeIn(t, files, task, context);
    assert.deepEqual((await scopeOf('review src/new.ts')).paths, ['src/new.ts']);
    assert.deepEqual((await scopeOf('review src')).paths, ['src/a.ts', 'src/new.ts']);
    const none = await scopeIn(t, { ...files, 'tools/c.ts': text }, 'review tools', context);
    assert.deepEqual(none.paths, []);
    assert.match(none.stated, /^nothing: the diff changes no file of tools, but src\/a\.ts, /);
  });

  it('is no more than the diff where that adds no lines', async (t) => {
    const context = '--- a/src/a.ts\n+++ /dev/null\n@@ -1 +0,0 @@\n-const a = 1;\n';
    const scope = await scopeIn(t, { 'src/a.ts': text }, 'review this diff', context);
    assert.deepEqual([scope.paths, scope.stated], [[], 'a diff that adds no lines of text']);
  });

  it('compares with secrets masked what was masked when the job was stored', async (t) => {
    const context = diff('src/a.ts', 'const a = "[redacted: test]";');
    const scope = await scopeIn(t, { 'src/a.ts': 'const a = "hush";\n' }, 'review this diff', context);
    assert.deepEqual(scope.paths, ['src/a.ts']);
  });
});

describe('the scope of a job with code as its context', () => {
  const files = { 'src/a.ts': text };

  it('is the code, where the task names no place and does not ask for all', async (t) => {
    const code = 'const x = eval(process.argv[2]);';
    for (const context of [code, `Look:\n\`\`\`ts\n${code}\n\`\`\`\n`, 'def f(a):\n    return a\n']) {
      const scope = await scopeIn(t, files, 'review this code', context);
      assert.deepEqual([scope.isContext, scope.stated], [true, 'the code in the context'], context);
    }
    const draft = { task: 'Revise the standard a/b', context: code, revises: '1' };
    const root = await temporaryTree(t, files);
    assert.equal((await scopeOfJob(draft, await openProjectFiles({ root }), redact)).isContext, false);
    for (const task of ['review src', 'review the whole project'])
      assert.equal((await scopeIn(t, files, task, code)).isContext, false);
  });

  it('is that of the task with prose and data', async (t) => {
    for (const context of [
      null,
      '',
      'A design in words, with a list (of things):\n- first: one\n- second: two\n',
      'We want the login to be safe. It must not take more than three tries.',
      'name: shop\nversion: 1\n',
      '{\n  "a": 1\n}\n',
      'TypeError: x is not a function\n    at f (/app/a.js:1:2)\n    at main (/app/b.js:3:4)\n',
      '```\nnpm test\n```\n',
      'A standard.\n\nIt has a rule.\n\nAnd an example:\n\n```ts\nconst a = f(1);\n```\n',
      '```text\nconst a = f(1);\n```\n',
    ])
      assert.equal((await scopeIn(t, files, 'review this', context)).isContext, false, String(context));
  });
});
