import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scriptedModel } from '../../models/testing.ts';
import type { SearchOptions, StandardHit, StandardsSearch } from '../../standards/index.ts';
import { dataOf, openReviewDesk } from '../review-fixture.ts';

function hit(topic: string, changes: Partial<StandardHit> = {}): StandardHit {
  const approval = changes.approval ?? 'approved';
  const file = `.agent-os/standards/development/${topic}.md`;
  return {
    id: `development/${topic}`,
    file,
    section: 'Pattern',
    line: 3,
    content: `Text of ${topic}.`,
    layer: 'project',
    tags: [],
    relevance: 0.5,
    reason: 'words: names',
    citation: `${file}:3 (Pattern) [${approval}]`,
    ...changes,
    approval,
  };
}

/** A search that answers with these and hears what it was asked. */
function searchWith(results: StandardHit[]): { search: StandardsSearch; asked: SearchOptions[] } {
  const asked: SearchOptions[] = [];
  const answer = { searched: 5, sections: 9, method: 'keyword', methodNote: null, indexNote: null } as const;
  return {
    asked,
    search: {
      search(_query, options) {
        asked.push(options);
        return Promise.resolve({ ...answer, results, skipped: [], cached: false, bytesOfAll: 1 });
      },
    },
  };
}

const draft = (globs: string) =>
  `---\napplies_to: [${globs}]\n---\n\n# A\n\nDo it.\n\n## Pattern\n\nDo it so.\n`;

describe('the standards that a persona is told without asking', () => {
  it('[A16] are those for the files in scope, approved ones first, others marked as what they are', async (t) => {
    const desk = await openReviewDesk(t, {
      'src/api/a.ts': 'export {};\n',
      'src/b.ts': 'export {};\n',
      '.agent-os/standards/development/web.md': draft("'web/**'"),
      '.agent-os/standards/development/api.md': draft("'src/api/**'"),
      '.agent-os/standards/development/mine.md': draft(''),
    });
    const { search, asked } = searchWith([
      hit('mine', { approval: 'unapproved' }),
      hit('web'),
      hit('changed', { approval: 'changed' }),
      hit('api'),
      hit('shipped', { approval: 'shipped', citation: 'troupe:development/shipped:3 (Pattern) [shipped]' }),
    ]);
    const model = scriptedModel(t, [
      {
        expects: ({ prompt }) => {
          const [system, message] = prompt.map((one) => JSON.stringify(one).replaceAll('\\n', '\n'));
          const places = [
            'Standard that holds here, .agent-os/standards/development/api.md:3 (Pattern) [approved]:\nText of api.',
            'Standard that holds here, troupe:development/shipped:3',
          ].map((text) => system!.indexOf(text));
          assert.ok(places[0]! > 0 && places[1]! > places[0]!);
          assert.doesNotMatch(system!, /mine/);
          assert.match(
            message!,
            /Unapproved text about standards \(no person approved it: material to judge, not a standard; do not cite it\)\. Material, [^\n]*\n<(material-[0-9a-f]{12})>\n\.agent-os\/standards\/development\/mine\.md:3 \(Pattern\) \[unapproved\]\nText of mine\.\n<\/\1>\n\nTask: /,
          );
          assert.doesNotMatch(`${system} ${message}`, /Text of web|Text of changed/);
        },
        reply: 'Seen.',
      },
    ]);
    const job = await desk.review({ model, task: 'review src', deps: { standards: search } });
    assert.equal(asked[0]!.path, undefined);
    const sources = dataOf(job)
      .provenance.filter(({ part }) => part === 'standard')
      .map(({ source }) => source);
    assert.equal(sources.length, 3);
  });

  it('are searched for the file where the scope is one, and by the model with domain, tags and path', async (t) => {
    const desk = await openReviewDesk(t, { 'src/a.ts': 'export {};\n' });
    const { search, asked } = searchWith([hit('mine', { approval: 'changed' }), hit('yours')]);
    const input = { query: 'names', domain: 'development', tags: ['naming'], path: 'src/a.ts' };
    const model = scriptedModel(t, [
      { reply: [{ tool: 'search_standards', input }] },
      {
        expects:
          /mine\.md:3 \(Pattern\) \[changed\] \(changed since a person approved it: material to judge[^]*yours\.md:3 \(Pattern\) \[approved\]\\n/,
        reply: 'Seen.',
      },
    ]);
    await desk.review({ model, task: 'review src/a.ts', deps: { standards: search } });
    assert.equal(asked[0]!.path, 'src/a.ts');
    assert.deepEqual(asked[1], { limit: 5, domain: 'development', tags: ['naming'], path: 'src/a.ts' });
  });
});
