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

  it('all count where they stand in a run right above, however they are written', async (t) => {
    const md5 = "crypto.createHash('md5').update(password)";
    const stack = (first: string, second: string) => `${first}\n${second}\neval(${md5} + process.argv[2]);\n`;
    const [hash, input] = ['weak-hash: a checksum', 'eval-of-input: ours'].map(
      (one) => `troupe-ignore ${one}`,
    );
    const { found, left, idle } = await commentsOf(t, {
      'a.js': stack(`// ${hash}`, `// ${input}`),
      'b.js': stack(`// ${input}`, `\t///${hash}`),
      'c.js': stack(`/* ${input}`, `   ${hash} */`),
      'd.js': stack(`/**\n * ${input}`, ` * ${hash} */`),
      'e.jsx': stack(`{/* ${input} */}`, `{/* ${hash} */}`),
      'f.py': `# ${input}\n# ${hash}\neval(hashlib.md5(password.encode()).hexdigest() + input())\n`,
      'g.js': stack(`// ${input}`, '// troupe-ignore weak-hash'),
    });
    assert.deepEqual(found, ['g.js:3']);
    const both = (place: string) => [`${place} a checksum`, `${place} ours`];
    assert.deepEqual(left.toSorted(), [
      ...['a.js:3', 'b.js:3', 'c.js:3', 'd.js:4', 'e.jsx:3', 'f.py:3'].flatMap(both),
      'g.js:3 ours',
    ]);
    assert.deepEqual(idle, ['g.js:2 no-reason']);
  });

  it('are none in a string, of one line or several, and may stand in the code inside of one', async (t) => {
    const request = 'troupe-ignore eval-of-input: ours';
    const { found, left, idle } = await commentsOf(t, {
      'a.js': `const s = "// ${request}"; ${injection}\n`,
      'b.js': `const s = \`\n// ${request}\n\`; ${injection}\n${injection}\nconst u = 'ä€😀 // ${request}';\n`,
      'c.js': `const s = \`\n// ${request}\`;\n${injection}\n`,
      'd.js': `const s = 'ä€😀'; ${injection} // ${request}\n`,
      'e.js': `const s = \`\${/* ${request} */ eval(process.argv[2])}\`;\n`,
      'f.py': `s = """\n# ${request}"""\neval(input())\n`,
      'g.py': `s = '# a'; eval(input())  # ${request}\n`,
    });
    assert.deepEqual(found.toSorted(), ['a.js:1', 'b.js:3', 'b.js:4', 'c.js:3', 'f.py:3']);
    assert.deepEqual(left.map((one) => one.slice(0, 4)).toSorted(), ['d.js', 'e.js', 'g.py']);
    assert.deepEqual(idle, []);
  });

  it('lack a reason where the comment ends behind the rule, also before code on the same line', async (t) => {
    for (const end of [' */', ': */', '*/', ':*/']) {
      const request = `/* troupe-ignore eval-of-input${end}`;
      const { found, idle } = await commentsOf(t, {
        'a.js': `${request}\n${injection}\n`,
        'b.js': `${request} ${injection}\n`,
      });
      assert.deepEqual(found, ['a.js:2', 'b.js:1'], end);
      assert.deepEqual(idle, ['a.js:1 no-reason', 'b.js:1 no-reason'], end);
    }
  });

  it('end at what is no such comment, and at code with one behind it', async (t) => {
    const request = '// troupe-ignore eval-of-input: ours';
    const { found, left, idle } = await commentsOf(t, {
      'a.js': `${request}\n// because of the operator\n${injection}\n`,
      'b.js': `${request}\n\n${injection}\n`,
      'c.js': `start(); ${request}\n// troupe-ignore weak-hash: a checksum\n${injection}\n`,
      'd.js': `${request}\nstart(); // troupe-ignore weak-hash: a checksum\n${injection}\n`,
      'e.js': `${request}\n${request}\n${injection}\n`,
    });
    assert.deepEqual(found, ['a.js:3', 'b.js:3', 'c.js:3', 'd.js:3']);
    assert.deepEqual(left, ['e.js:3 ours']);
    assert.ok(idle.includes('e.js:1 nothing-found'));
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
