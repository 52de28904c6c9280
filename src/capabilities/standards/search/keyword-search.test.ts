import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import fc from 'fast-check';
import { invoke } from '../../../kernel/index.ts';
import { openProjectFiles } from '../../../platform/files/index.ts';
import { searchStandards } from '../operations/search-standards.ts';
import { keywordSearch } from './keyword-search.ts';
import { sectionsOf } from './sections.ts';

async function open(t: TestContext, files: Record<string, string>) {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'standards-')));
  t.after(() => rm(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  const search = keywordSearch(await openProjectFiles({ root }));
  const found = async (query: string, limit = 5) => (await search.search(query, { limit })).results;
  const ask = (query: string) =>
    invoke(
      searchStandards,
      { query },
      { deps: { standards: search }, call: { door: 'internal', caller: 't' } },
    );
  return { root, search, found, ask };
}

const errors = `---
created_by: architect
tags: [errors]
---
# Errors

## Context
Every failure has a code.

## Pattern
Throw what the catalogue makes:

\`\`\`ts
# not a heading
throw jobErrors.make('jobs.not_found');
\`\`\`

## C#
Nothing here yet.
`;
const files = {
  '.agent-os/standards/architecture/errors.md': errors,
  '.agent-os/standards/testing/waiting.md': '# Waiting\nTests wait on signals. Retries hide races.\n',
  '.agent-os/standards/data/caching.md': '# Caching\nCached queries expire. Never cache errors.\n',
};

describe('the sections of a standard', () => {
  it('begin at headings, leave front matter out, and do not split fences', () => {
    assert.deepEqual(
      sectionsOf(errors, 'architecture/errors').map(({ heading, line }) => [heading, line]),
      [
        ['Context', 7],
        ['Pattern', 10],
        ['C#', 18],
      ],
    );
    const nested = '# A\n````md\n```\n# inside\n```\n````\n~~~\n``` \n# also inside\n~~~\n# B\ntext\n';
    assert.deepEqual(
      sectionsOf(nested, 't').map(({ heading }) => heading),
      ['A', 'B'],
    );
    assert.deepEqual(sectionsOf('---\ntitle: x\nnever closed', 't')[0]!.line, 1);
  });

  it('hold every line of text but front matter and headings', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('# H', 'text', '```', '', '  more'), { maxLength: 30 }),
        (lines) => {
          const sections = sectionsOf(lines.join('\n'), 't');
          for (const { line, text } of sections) {
            assert.ok(line >= 1 && line <= lines.length);
            assert.ok(text.trim() !== '');
          }
          const kept = sections
            .flatMap(({ text }) => text.split('\n'))
            .filter((line) => line.includes('text'));
          assert.equal(kept.length, lines.filter((line) => line === 'text').length);
        },
      ),
    );
  });
});

describe('searching standards', () => {
  it('[A9] finds the best section first, with file, line, section and citation', async (t) => {
    const { found } = await open(t, files);
    const [best, ...rest] = await found('How do I throw errors?');
    assert.partialDeepStrictEqual(best, {
      file: '.agent-os/standards/architecture/errors.md',
      section: 'Pattern',
      line: 10,
      relevance: 1,
      citation: '.agent-os/standards/architecture/errors.md:10 (Pattern)',
    });
    const relevances = [1, ...rest.map(({ relevance }) => relevance)];
    assert.deepEqual(
      relevances,
      relevances.toSorted((a, b) => b - a),
    );
    assert.ok(relevances.every((relevance) => relevance > 0));
  });

  it('meets other forms of a word', async (t) => {
    const { found } = await open(t, files);
    for (const [query, file] of [
      ['retry', 'testing/waiting.md'],
      ['retrying a race', 'testing/waiting.md'],
      ['cache', 'data/caching.md'],
      ['expired query', 'data/caching.md'],
    ] as const) {
      assert.match((await found(query))[0]?.file ?? 'nothing', new RegExp(`${file}$`), query);
    }
  });

  it('finds nothing for what is not there, for stop words, and for any signs', async (t) => {
    const { found, ask } = await open(t, files);
    for (const query of ['kubernetes', 'how do I', '%', "'; DROP TABLE", '.*(', '🦄']) {
      assert.deepEqual(await found(query), [], query);
    }
    assert.match((await ask('kubernetes')).message, /^0 sections of 3 standards match/);
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, unit: 'binary' }), async (query) => {
        assert.ok((await found(query, 2)).length <= 2);
      }),
      { numRuns: 20 },
    );
  });

  it('reads the standards as they are now, also beside an ignored database', async (t) => {
    const { root, found } = await open(t, {
      ...files,
      '.agent-os/.gitignore': 'troupe.db*\n.cache/\n',
      '.agent-os/config.yaml': 'kubernetes: never\n',
      '.agent-os/.cache/kubernetes.md': '# kubernetes\nkubernetes\n',
    });
    assert.deepEqual(await found('kubernetes'), []);
    await writeFile(join(root, '.agent-os/standards/data/caching.md'), '# Clusters\nkubernetes only\n');
    assert.equal((await found('kubernetes')).length, 1);
  });

  it('[X9] says that there are none, and names those too large to be searched', async (t) => {
    const none = await open(t, { 'README.md': '# shop' });
    assert.match((await none.ask('anything')).message, /no standards yet/);
    const { ask } = await open(t, {
      ...files,
      '.agent-os/standards/big.md': `# Big\n${'word '.repeat(300_000)}`,
    });
    const answer = await ask('word');
    assert.equal(answer.searched, 3);
    assert.match(answer.message, /Not searched: \.agent-os\/standards\/big\.md \(too-large\)/);
  });
});
