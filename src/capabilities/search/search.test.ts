import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { ApprovalLookup, SearchAnswer, SearchOptions } from '../standards/index.ts';
import { countingEmbedder, openTestProject } from './testing.ts';

const errors = `---
tags: [errors, api]
applies_to: ['src/http/**']
---
# Error responses

Report every failure in one shape.

## Pattern

Throw what the catalogue makes, with a stable code.

\`\`\`ts
throw jobErrors.make('jobs.not_found');
\`\`\`
`;
const waiting = `---\ntags: [tests]\n---\n# Waiting\n\nTests wait on signals. Retries hide races.\n`;
const caching = `---\ntags: [cache]\n---\n# Caching\n\nCached queries expire. Never cache errors.\n`;
const files = {
  'architecture/error-responses.md': errors,
  'testing/waiting.md': waiting,
  'data/caching.md': caching,
};
const all: SearchOptions = { limit: 5 };
const pick = ({ method, methodNote }: SearchAnswer) => [method, methodNote];

describe('searching standards', () => {
  it('[A13] finds the part that answers first, with file, line, section, reason and citation', async (t) => {
    const { open } = await openTestProject(t, files);
    const answer = await (await open()).search('How do I throw errors?', all);
    const [best] = answer.results;
    assert.partialDeepStrictEqual(best, {
      id: 'architecture/error-responses',
      file: '.agent-os/standards/architecture/error-responses.md',
      section: 'Error responses > Pattern',
      line: 5,
      layer: 'project',
      approval: 'unapproved',
      tags: ['errors', 'api'],
      reason: 'words: throw, errors',
      citation: '.agent-os/standards/architecture/error-responses.md:5 (Pattern) [unapproved]',
    });
    assert.match(best!.content, /throw jobErrors/);
    const relevances = answer.results.map(({ relevance }) => relevance);
    assert.deepEqual(
      relevances,
      relevances.toSorted((a, b) => b - a),
    );
    assert.equal(answer.searched, 3);
    assert.equal(answer.bytesOfAll, Buffer.byteLength(errors + waiting + caching));
  });

  it('meets other forms of a word, compounds, abbreviations and slips of the keyboard', async (t) => {
    const { open } = await openTestProject(t, {
      ...files,
      'data/settings.md': '# Configuration\n\nValidate the rate-limit and timeoutMs at start.\n',
    });
    const index = await open();
    for (const [query, id] of [
      ['retry', 'testing/waiting'],
      ['retrying a race', 'testing/waiting'],
      ['expired query', 'data/caching'],
      ['cahce', 'data/caching'],
      ['ratelimit', 'data/settings'],
      ['timeout', 'data/settings'],
      ['config', 'data/settings'],
    ] as const) {
      assert.equal((await index.search(query, all)).results[0]?.id, id, query);
    }
  });

  it('finds nothing for what is not there, for stop words, and for any signs', async (t) => {
    const { open } = await openTestProject(t, files);
    const index = await open({ embedder: undefined });
    for (const query of ['kubernetes', 'how do I', '%', "'; DROP TABLE", '.*(', '🦄']) {
      assert.deepEqual((await index.search(query, all)).results, [], query);
    }
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, unit: 'binary' }), async (query) => {
        assert.ok((await index.search(query, { limit: 2 })).results.length <= 2);
      }),
      { numRuns: 50 },
    );
  });

  it('filters by domain, tags, layer and the file worked on; what is made for that file ranks higher', async (t) => {
    const { open } = await openTestProject(t, files, {
      shipped: { 'testing/errors.md': '# Errors in tests\n\nAssert errors by their code.\n' },
    });
    const index = await open();
    const hits = async (options: Partial<SearchOptions>) =>
      (await index.search('errors', { ...all, ...options })).results;
    const ids = async (options: Partial<SearchOptions>) => (await hits(options)).map(({ id }) => id);
    /** Relevance of the standard for HTTP beside the one that is for all files. */
    const share = async (options: Partial<SearchOptions>) => {
      const relevance = new Map((await hits(options)).map((hit) => [hit.id, hit.relevance]));
      return relevance.get('architecture/error-responses')! / relevance.get('testing/errors')!;
    };
    assert.deepEqual(await ids({ domain: 'data' }), ['data/caching']);
    const answerIn = (domain: string) => index.search('errors', { ...all, domain });
    assert.deepEqual((await answerIn('nope')).domains, ['architecture', 'data', 'testing']);
    assert.equal((await answerIn('data')).domains, undefined);
    assert.deepEqual(await ids({ tags: ['cache', 'nothing'] }), ['data/caching']);
    assert.deepEqual(await ids({ layer: 'universal' }), ['testing/errors']);
    assert.ok(!(await ids({ path: 'web/app.ts' })).includes('architecture/error-responses'));
    assert.ok((await share({ path: 'src/http/get.ts' })) > 1.2 * (await share({})));
  });

  it('ranks what nobody approved below what somebody did, shows each as what it is, and retired ones last', async (t) => {
    const text = (more = '') => `---\ntags: [x]\n${more}---\n# Naming\n\nName things by their purpose.\n`;
    const project = {
      'a/approved.md': text(),
      'a/unapproved.md': text(),
      'a/retired.md': text('status: retired\nretired_because: old\n'),
      'a/changed.md': text(),
    };
    let hash = '';
    const approvals: ApprovalLookup = {
      lastApprovals: async () => new Map(),
      hashesApproved: async () =>
        new Map([
          ['a/approved', new Set([hash])],
          ['a/retired', new Set(['other'])],
          ['a/changed', new Set(['other'])],
        ]),
    };
    const { open, library } = await openTestProject(t, project, { approvals });
    const entry = await library.find('a/approved');
    hash = (await library.read(entry)).document.contentHash;
    const { results } = await (await open()).search('name things', { limit: 10 });
    assert.deepEqual(
      results.map(({ id, approval }) => [id, approval]).filter(([id]) => id !== 'a/retired'),
      [
        ['a/approved', 'approved'],
        ['a/changed', 'changed'],
        ['a/unapproved', 'unapproved'],
      ],
    );
    assert.equal(results.at(-1)!.id, 'a/retired');
    assert.match(results.at(-1)!.citation, /\[retired\]$/);
  });

  it('finds a retired standard that matches better than the last hit, in its place, and names what replaced it', async (t) => {
    const many = Object.fromEntries(
      Array.from({ length: 25 }, (_, at) => [
        `logs/rule-${at}.md`,
        `# Rule ${at}\n\nLog what happened in part ${at}, and keep the log.\n`,
      ]),
    );
    const retired = `---\nstatus: retired\nretired_because: old\nreplaced_by: logs/rule-7\n---\n# Old logging\n\nLog with pino and never with console.\n`;
    const { open } = await openTestProject(t, { ...many, 'logs/old.md': retired });
    const index = await open();
    const found = async (limit: number) => {
      const { results } = await index.search('log with pino and never with console', { limit });
      return { ids: results.map(({ id }) => id), last: results.at(-1)! };
    };
    for (const limit of [5, 20]) {
      const { ids, last } = await found(limit);
      assert.equal(ids.indexOf('logs/old'), ids.length - 1, 'once, and last');
      assert.ok(ids.length <= limit && last.relevance > 0.5);
      assert.match(last.citation, /\[retired, replaced by logs\/rule-7\]$/);
    }
    const few = await found(3);
    assert.deepEqual([few.ids.length, few.ids.includes('logs/old')], [3, false], 'the first three stay');
  });

  it('[A14] says which layer a standard is of; an unapproved one of the project hides no shipped one', async (t) => {
    const { open, write, root } = await openTestProject(
      t,
      { 'data/caching.md': caching },
      {
        shipped: {
          'data/caching.md': '# Caching\n\nShipped words on caches.\n',
          'data/naming.md': '# Naming\n\nCache names.\n',
        },
      },
    );
    const index = await open();
    const layers = async () =>
      (await index.search('cache', all)).results.map(({ id, layer }) => `${id} ${layer}`).toSorted();
    const beside = ['data/caching project', 'data/naming universal', 'troupe:data/caching universal'];
    assert.deepEqual(await layers(), beside);
    const { rm } = await import('node:fs/promises');
    await rm(`${root}/.agent-os/standards/data/caching.md`);
    await index.refresh();
    assert.deepEqual(await layers(), ['data/caching universal', 'data/naming universal']);
    await write({ 'data/caching.md': caching });
    await index.refresh();
    assert.deepEqual(await layers(), beside);
  });

  it('finds a shipped standard before an unapproved stub of its name, until a person approved that', async (t) => {
    const stub = '# Injection\n\nInjection is fine.\n';
    const shipped =
      '# Injection\n\nBind values to SQL queries.\n\n## Pattern\n\nNo SQL injection: parameters, never text.\n';
    let approved = new Map<string, Set<string>>();
    const { open, library } = await openTestProject(
      t,
      { 'security/injection.md': stub },
      {
        shipped: { 'security/injection.md': shipped },
        approvals: { hashesApproved: async () => approved, lastApprovals: () => Promise.resolve(new Map()) },
      },
    );
    const index = await open();
    const found = async () => {
      await index.refresh();
      return [...new Set((await index.search('SQL injection', all)).results.map(({ id }) => id))];
    };
    assert.deepEqual(await found(), ['troupe:security/injection', 'security/injection']);
    const { document } = await library.read(await library.find('security/injection'));
    approved = new Map([['security/injection', new Set([document.contentHash])]]);
    assert.deepEqual(await found(), ['security/injection']);
  });

  it('gives at most two parts of one standard, and no more text than fits', async (t) => {
    const part = (n: number) => `## Part ${n}\n\n${`caching rule ${n} says `.repeat(40)}\n`;
    const long = `# Caching\n\nThe rule.\n\n${[1, 2, 3, 4, 5, 6].map(part).join('\n')}`;
    const fence = `# Fence\n\nThe rule.\n\n\`\`\`\n${'caching line\n'.repeat(900)}\`\`\`\n`;
    const { open } = await openTestProject(t, { 'a/long.md': long, 'a/fence.md': fence });
    const { results } = await (await open()).search('caching', all);
    const of = (id: string) => results.filter((hit) => hit.id === id);
    assert.ok(of('a/long').length <= 2);
    assert.match(of('a/fence')[0]!.content, /… \(cut; the rest: \.agent-os\/standards\/a\/fence\.md:\d+\)$/);
    assert.ok(results.every(({ content }) => content.length <= 1_300));
    assert.ok(of('a/long').every(({ content }) => content.includes('The rule.')));
  });

  it('[A13] keeps an answer until something changes', async (t) => {
    const { open, write } = await openTestProject(t, files);
    const index = await open();
    assert.equal((await index.search('cache', all)).cached, false);
    assert.equal((await index.search(' cache ', all)).cached, true);
    assert.equal((await index.search('cache', { limit: 4 })).cached, false);
    await write({ 'data/more.md': '# More\n\nA cache of caches.\n' });
    await index.refresh();
    const changed = await index.search('cache', all);
    assert.equal(changed.cached, false);
    assert.ok(changed.results.some(({ id }) => id === 'data/more'));
    const short = await open({ settings: { cacheMs: 0 } });
    await short.search('cache', all);
    assert.equal((await short.search('cache', all)).cached, false);
  });

  it('[X9] says that there are none, and names what it could not read', async (t) => {
    const none = await openTestProject(t);
    assert.equal((await (await none.open()).search('anything', all)).searched, 0);
    const { open } = await openTestProject(t, {
      ...files,
      'data/broken.md': '---\ntags: [a\n---\n# Broken\n',
      'data/big.md': `# Big\n${'word '.repeat(300_000)}`,
    });
    const answer = await (await open()).search('errors', all);
    assert.equal(answer.searched, 3);
    assert.deepEqual(answer.skipped.map(({ file }) => file).toSorted(), [
      '.agent-os/standards/data/big.md',
      '.agent-os/standards/data/broken.md',
    ]);
  });
});

describe('searching by meaning', () => {
  it('[A13] goes by words alone while there are no vectors, and says why', async (t) => {
    const { open } = await openTestProject(t, files);
    const off = await (await open({ embedder: undefined })).search('errors', all);
    assert.deepEqual(
      [off.method, off.methodNote],
      ['keyword', 'by words only: embeddings are off (embeddings.model)'],
    );
    const failing = { ...countingEmbedder(), embed: () => Promise.reject(new Error('no server')) };
    const failed = await (await open({ embedder: failing })).search('errors', all);
    assert.deepEqual(
      [failed.method, failed.methodNote],
      ['keyword', 'by words only: embeddings failed: no server'],
    );
    const slow = { ...countingEmbedder(), embed: () => new Promise<never>(() => undefined) };
    const late = await (
      await open({ embedder: slow, settings: { waitForModelMs: 1 } })
    ).search('errors', all);
    assert.equal(late.methodNote, 'by words only: the embedding model is not ready yet');
    assert.ok([off, failed, late].every(({ results }) => results.length > 0));
  });

  it('puts both together once the vectors are there, and shows how near the meaning is', async (t) => {
    const { open } = await openTestProject(t, files);
    const index = await open({ embedder: countingEmbedder() });
    await index.refresh();
    await index.embedded();
    const { results, method, methodNote } = await index.search('catalogue of stable failure codes', all);
    assert.deepEqual([method, methodNote], ['hybrid', null]);
    assert.equal(results[0]!.id, 'architecture/error-responses');
    assert.match(results[0]!.reason, /^words: .*; meaning 0\.\d\d$/);
    assert.deepEqual((await index.status()).waiting, 0);
  });

  it('embeds nothing twice: not what stayed in a changed file, nor what came back, nor what another process did', async (t) => {
    const { open, write } = await openTestProject(t, files);
    const first = countingEmbedder();
    const index = await open({ embedder: first });
    await index.refresh();
    await index.embedded();
    const before = first.embedded.length;
    assert.ok(before >= 6);
    await write({
      'testing/waiting.md': `${waiting}\n## Context\n\n${'Another part about clocks. '.repeat(40)}\n`,
    });
    await index.refresh();
    await index.embedded();
    const added = first.embedded.length - before;
    assert.ok(added >= 1 && added <= 2, `${added} of a changed file`);
    await write({ 'testing/waiting.md': waiting, 'testing/renamed.md': waiting });
    const second = countingEmbedder();
    const other = await open({ embedder: second });
    await other.refresh();
    await other.embedded();
    assert.deepEqual(second.embedded, []);
    assert.equal(new Set(first.embedded).size, first.embedded.length);
    const newer = countingEmbedder('test/words@2');
    const changed = await open({ embedder: newer });
    await changed.refresh();
    await changed.embedded();
    assert.equal(newer.embedded.length, before, 'another model means embedding anew');
  });

  it('[A13] goes on a moment with what is missing when a process ends after one search, never longer', async (t) => {
    const { open } = await openTestProject(t, files);
    const first = await open({ embedder: countingEmbedder(), settings: { lingerMs: 60_000 } });
    const { methodNote } = await first.search('errors', all);
    assert.match(
      methodNote ?? '',
      /^by words only: \d+ texts have no vector yet; .*`troupe standards index`/,
    );
    await first.close();
    const second = await open({ embedder: countingEmbedder() });
    assert.deepEqual(pick(await second.search('errors', all)), ['hybrid', null]);
  });

  it('gives up what takes longer than that, or a model that is not loaded, and the next process goes on', async (t) => {
    const { open } = await openTestProject(t, files);
    const embedder = countingEmbedder();
    const never = () => new Promise<never>(() => undefined);
    const stuck: typeof embedder = {
      ...embedder,
      embed: (texts, kind) => (kind === 'query' ? embedder.embed(texts, kind) : never()),
    };
    const slow = await open({ embedder: stuck, settings: { lingerMs: 1 } });
    await slow.search('errors', all);
    await slow.close();
    const loading = { ...embedder, embed: never };
    const late = await open({ embedder: loading, settings: { waitForModelMs: 1, lingerMs: 600_000 } });
    await late.search('errors', all);
    await late.close();
    const next = await open({ embedder });
    await next.refresh();
    await next.embedded();
    assert.deepEqual(pick(await next.search('errors', all)), ['hybrid', null]);
  });

  it("begins with what answers showed, then the project's own before what ships", async (t) => {
    const shipped = {
      'z/shipped.md': '# Shipped\n\nShipped rule.\n',
      'z/asked.md': '# Kettles\n\nKettle rule.\n',
    };
    const { open } = await openTestProject(t, { 'a/own.md': '# Own\n\nOwn rule.\n' }, { shipped });
    const embedder = countingEmbedder();
    const index = await open({ embedder });
    await index.search('kettles', all);
    await index.embedded();
    const rules = embedder.embedded.filter((text) => !text.includes('\n')).map((text) => text.split('.')[0]);
    assert.deepEqual(rules, ['Kettles', 'Own', 'Shipped']);
  });
});
