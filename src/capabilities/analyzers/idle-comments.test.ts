import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { analyze } from './analyze.ts';
import { projectWith } from './testing.ts';

const injection = 'eval(process.argv[2]);';

async function commentsOf(t: TestContext, files: Record<string, string>) {
  const root = await projectWith(t, files);
  const { evidence, suppressed, idleComments } = await analyze({
    root,
    files: Object.keys(files),
    trades: ['security', 'testing'],
  });
  return {
    found: evidence.map(({ file, line }) => `${file}:${line}`),
    left: suppressed.map(({ file, line, reason }) => `${file}:${line} ${reason}`),
    idle: idleComments.map(({ file, line, problem }) => `${file}:${line} ${problem}`),
  };
}

describe('comments that leave findings out', () => {
  for (const name of [
    'eval-of-input',
    'typescript/eval-of-input',
    'security/eval-of-input',
    'security/typescript/eval-of-input',
  ])
    it(`may name the rule as ${name}`, async (t) => {
      const { found, left, idle } = await commentsOf(t, {
        'a.js': `${injection} // troupe-ignore ${name}: ours`,
      });
      assert.deepEqual([found, left, idle], [[], ['a.js:1 ours'], []]);
    });

  it('hold for what only a look at all files tells', async (t) => {
    const long = Array.from({ length: 50 }, (_, n) => `export const a${n} = ${n};`).join('\n');
    const { found, left } = await commentsOf(t, {
      'src/a.ts': `// troupe-ignore untested-file: a table\n${long}\n`,
      'src/b.test.ts': "import { b } from './b.ts';\nit('is b', () => assert.equal(b, 1));\n",
    });
    assert.deepEqual([found, left], [[], ['src/a.ts:1 a table']]);
  });

  it('[X9] are named where they leave nothing out, and are not sought in texts about them', async (t) => {
    const { found, idle } = await commentsOf(t, {
      'a.js': `${injection} // troupe-ignore eval-of-input:\nconst text = 'a // troupe-ignore by hand';\n`,
      'README.md': '# troupe-ignore\n',
      'b.py': '# troupe-ignore eval-of-input: nothing here\nx = 1\n',
    });
    assert.deepEqual(found, ['a.js:1']);
    assert.deepEqual(idle, ['a.js:1 no-reason', 'b.py:1 nothing-found']);
  });
});
