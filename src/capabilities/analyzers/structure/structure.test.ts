import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { analyze } from '../analyze.ts';
import type { Trade } from '../evidence.ts';
import { projectWith } from '../testing.ts';
import type { TestContext } from 'node:test';
import { circlesIn } from './import-graph.ts';

async function found(t: TestContext, files: Record<string, string>, trade: Trade) {
  const root = await projectWith(t, files);
  const { evidence } = await analyze({ root, files: Object.keys(files), trades: [trade] });
  return evidence
    .filter((e) => e.analyzer === 'structure')
    .map((e) => `${e.rule.split('/')[2]} ${e.file}:${e.line} ${e.title}`);
}

describe('import cycles', () => {
  it('are reported once, at the import that closes them', async (t) => {
    const files = {
      'src/a.ts': "// first\nimport { b } from './b.ts';\nexport const a = b;",
      'src/b.ts': "import { c } from './c.js';\nexport const b = c;",
      'src/c.ts': "import { a } from './a';\nexport const c = a;",
      'src/d.ts': "import { a } from './a';\nexport const d = a;",
    };
    assert.deepEqual(await found(t, files, 'architecture'), [
      'import-cycle src/a.ts:2 Files import each other in a circle (src/a.ts → src/b.ts → src/c.ts → src/a.ts)',
    ]);
  });

  it('do not count imports of types, in functions, or of a package', async (t) => {
    const files = {
      'a.ts': "import type { B } from './b.ts';\nexport type A = B;",
      'b.ts': "import { a } from './a.ts';\nexport type B = typeof a;",
      'c.py': 'from d import two\n',
      'd.py': 'def two():\n    from c import one\n    return one\n',
    };
    assert.deepEqual(await found(t, files, 'architecture'), []);
  });

  it('are seen in Python and Java too', async (t) => {
    const files = {
      'shop/one.py': 'from .two import b\n',
      'shop/two.py': 'from shop import one\n',
      'src/main/java/org/shop/A.java': 'package org.shop;\nimport org.shop.x.B;\nclass A {}',
      'src/main/java/org/shop/x/B.java': 'package org.shop.x;\nimport org.shop.A;\nclass B {}',
    };
    assert.deepEqual(
      (await found(t, files, 'architecture')).map((l) => l.split(' ').slice(0, 2).join(' ')),
      ['import-cycle shop/one.py:1', 'import-cycle src/main/java/org/shop/A.java:2'],
    );
  });

  it('are exactly the groups of files that reach each other', () => {
    const edges = fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 20 });
    fc.assert(
      fc.property(edges, (pairs) => {
        const names = Array.from({ length: 8 }, (_, i) => `f${i}`);
        const graph = new Map(
          names.map((n, i) => [n, new Map(pairs.filter(([a]) => a === i).map(([, b]) => [`f${b}`, 0]))]),
        );
        const reaches = (from: string, to: string) => {
          const seen = new Set<string>();
          const queue = [...graph.get(from)!.keys()];
          for (const at of queue) {
            if (at === to) return true;
            if (!seen.has(at)) queue.push(...graph.get(at)!.keys());
            seen.add(at);
          }
          return false;
        };
        const groups = circlesIn(graph);
        for (const a of names) {
          for (const b of names) {
            if (a === b) continue;
            const together = groups.some((g) => g.includes(a) && g.includes(b));
            assert.equal(together, reaches(a, b) && reaches(b, a), `${a} ${b}`);
          }
        }
      }),
    );
  });
});

describe('size and complexity', () => {
  it('point at the function, with figure and limit', async (t) => {
    const branches = Array.from({ length: 30 }, (_, i) => `  if (x === ${i}) return ${i};`).join('\n');
    const files = {
      'a.ts': `export const one = 1;\nexport function pick(x: number) {\n${branches}\n  return 0;\n}\n`,
    };
    assert.deepEqual(await found(t, files, 'engineering'), [
      'complex-function a.ts:2 The function has very many paths (31 paths, more than 25)',
    ]);
  });

  it('count nesting but not chains of else if', async (t) => {
    const chain = Array.from({ length: 8 }, (_, i) => `if (x === ${i}) {} `).join('else ');
    const nested = `${'if (x) { '.repeat(6)}go();${' }'.repeat(6)}`;
    const files = { 'a.ts': `function chain(x) { ${chain} }\nfunction nested(x) { ${nested} }\n` };
    assert.deepEqual(await found(t, files, 'engineering'), [
      'deep-nesting a.ts:2 Conditions and loops are nested deeply (6 levels, more than 5)',
    ]);
  });
});

describe('tests', () => {
  it('in JavaScript that assert nothing are reported, unless a function of the file asserts for them', async (t) => {
    const files = {
      'a.test.ts': [
        "it('runs', () => { run(); });",
        "it('checks', () => { assert.equal(run(), 1); });",
        "it('asks', () => { checkAll(); });",
        "it('is about a helper', () => { sums(1); });",
        "it('is about a value', () => { parsed(1); });",
        'function sums(n) { assert.equal(sum(n), n); }',
        'const parsed = function (n) { expect(parse(n)).to.eql(n); };',
        "it('closes', async () => { const app = open(); await app.close(); });",
      ].join('\n'),
    };
    const places = (await found(t, files, 'testing')).map((l) => l.split(' ')[1]);
    assert.deepEqual(places, ['a.test.ts:1']);
  });

  it('missing for many files are one finding at the largest', async (t) => {
    const body = (lines: number) =>
      Array.from({ length: lines }, (_, i) => `export const v${i} = ${i};`).join('\n');
    const files = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`src/part${i}.ts`, body(50 + i)]));
    const test = { 'src/other.test.ts': "it('adds', () => { assert.equal(1 + n, 2); });" };
    assert.deepEqual(await found(t, { ...files, ...test }, 'testing'), [
      'untested-file src/part11.ts:1 No test names this file (61 lines of code; 12 of 12 files are named by no test)',
    ]);
  });

  it('missing for a file are reported only where the project has tests', async (t) => {
    const body = Array.from({ length: 60 }, (_, i) => `export const v${i} = ${i};`).join('\n');
    const files = { 'src/pay.ts': body, 'src/ship.ts': body };
    assert.deepEqual(await found(t, files, 'testing'), [
      'no-tests src/pay.ts:1 The project has no test (2 files, 120 lines of code)',
    ]);
    const tested = {
      ...files,
      'src/pay.test.ts': "import { v1 } from './pay.ts';\nit('pays', () => { assert.equal(v1, 1); });",
    };
    assert.deepEqual(await found(t, tested, 'testing'), [
      'untested-file src/ship.ts:1 No test names this file (60 lines of code)',
    ]);
  });
});

describe('a project without any test', () => {
  const body = Array.from({ length: 30 }, (_, i) => `export const v${i} = ${i};`).join('\n');

  it('is one finding, at its manifest', async (t) => {
    const files = { 'src/pay.ts': body, 'src/index.ts': body, 'package.json': '{"name":"shop"}' };
    assert.deepEqual(await found(t, files, 'testing'), [
      'no-tests package.json:1 The project has no test (2 files, 60 lines of code)',
    ]);
  });

  it('is none where a test lies elsewhere, there is next to no code, or only examples', async (t) => {
    const files = { 'src/pay.ts': body, 'src/ship.ts': body };
    const root = await projectWith(t, files);
    const request = { root, files: Object.keys(files), trades: ['testing'] as const };
    const elsewhere = await analyze({ ...request, otherFiles: ['test/pay.test.ts'] });
    assert.deepEqual(elsewhere.evidence, []);
    assert.deepEqual(await found(t, { 'src/pay.ts': body }, 'testing'), []);
    assert.deepEqual(await found(t, { 'examples/a.ts': body, 'examples/b.ts': body }, 'testing'), []);
  });
});

describe('dependency manifests', () => {
  it('package.json: any version, twice, from an address, without lockfile, with an install script', async (t) => {
    const manifest = {
      scripts: { postinstall: 'node build.js' },
      dependencies: { a: '*', b: '^1.2.3', c: 'git+https://git.shop.org/c.git' },
      devDependencies: { b: '^1.2.3' },
    };
    const files = { 'package.json': JSON.stringify(manifest, null, 2) };
    assert.deepEqual(
      (await found(t, files, 'operations')).map((l) => l.split(' ').slice(0, 2).join(' ')),
      [
        'missing-lockfile package.json:5',
        'unpinned-dependency package.json:6',
        'duplicate-dependency package.json:11',
      ],
    );
    assert.deepEqual(
      (await found(t, files, 'security')).map((l) => l.split(' ').slice(0, 2).join(' ')),
      ['unreviewed-source package.json:8', 'install-script package.json:3'],
    );
  });

  it('requirements.txt, pyproject.toml, go.mod and pom.xml', async (t) => {
    const files = {
      'requirements.txt': 'flask\nrequests==2.32.0\nFlask==3.0.0\n',
      'pyproject.toml': '[project]\nname = "x"\ndependencies = ["httpx>=0.27"]\n',
      'app/go.mod': 'module shop.org/app\n\nrequire github.com/x/y v1.2.3\n',
      'pom.xml':
        '<project><dependencies>\n<dependency><groupId>g</groupId><artifactId>a</artifactId><version>LATEST</version></dependency>\n</dependencies></project>',
    };
    assert.deepEqual(
      (await found(t, files, 'operations')).map((l) => l.split(' ').slice(0, 2).join(' ')),
      [
        'missing-lockfile app/go.mod:3',
        'unpinned-dependency pom.xml:2',
        'unpinned-dependency requirements.txt:1',
        'duplicate-dependency requirements.txt:3',
      ],
    );
  });

  it('say nothing when they cannot be read', async (t) => {
    const files = { 'package.json': '{ "dependencies": [', 'pyproject.toml': '[[[' };
    assert.deepEqual(await found(t, files, 'operations'), []);
  });
});
