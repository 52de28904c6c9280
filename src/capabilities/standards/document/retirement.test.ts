import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseStandard } from './parse-standard.ts';
import { withRetirement } from './retirement.ts';

const place = { domain: 'a', topic: 'x' };
const retirement = { because: 'replaced: "better" # one', replacedBy: 'a/y' };

describe('the text of a retired standard', () => {
  it('says why and what is in its place, and keeps every other byte', async () => {
    const text =
      '\uFEFF---\r\n# a remark\r\ntags: [a]   \r\n"odd key" :  1\r\n--- \r\n# T\r\n\r\nText.  \r\n\r\n';
    const retired = withRetirement(text, retirement);
    const added =
      'status: retired\r\nretired_because: "replaced: \\"better\\" # one"\r\nreplaced_by: a/y\r\n';
    assert.equal(retired, text.replace('--- \r\n# T', `${added}--- \r\n# T`));
    const { status, retiredBecause, replacedBy, problems } = await parseStandard(retired, place);
    assert.deepEqual(
      { status, retiredBecause, replacedBy, problems },
      { status: 'retired', retiredBecause: retirement.because, replacedBy: 'a/y', problems: [] },
    );
  });

  it('replaces what stood there before, whatever form it had', async () => {
    const text = [
      '---',
      'status: active # yes',
      "'retired_because': >-",
      '  long ago',
      '',
      '  and more',
      'tags:',
      '- a',
      'replaced_by: a/z',
      'note: |',
      '  status: inside',
      '---',
      '# T',
      '',
    ].join('\n');
    const retired = withRetirement(text, { because: 'why', replacedBy: null });
    const { frontMatter } = await parseStandard(retired, place);
    assert.deepEqual(frontMatter, {
      tags: ['a'],
      note: 'status: inside\n',
      status: 'retired',
      retired_because: 'why',
    });
  });

  it('is readable for every text that was, front matter or none, with body and other keys as they were', async () => {
    const yaml = fc.constantFrom(
      'tags: [a]',
      'status: active',
      'retired_because: >-',
      '  folded',
      '  ',
      '# remark',
      'questions:',
      '- one',
      '  - two',
      'note: |',
      '  status: inside',
      '"status": "active"',
      'replaced_by: a/z',
    );
    const line = fc.constantFrom('\n', '\r\n');
    await fc.assert(
      fc.asyncProperty(
        fc.array(yaml, { maxLength: 7 }),
        fc.boolean(),
        line,
        fc.string(),
        async (lines, hasFrontMatter, lineEnd, because) => {
          fc.pre(because !== '');
          const text = [...(hasFrontMatter ? ['---', ...lines, '---'] : []), '# T', 'Text', ''].join(lineEnd);
          const before = await parseStandard(text, place).catch(() => undefined);
          fc.pre(before !== undefined);
          const after = await parseStandard(withRetirement(text, { because, replacedBy: null }), place);
          assert.deepEqual(
            [after.status, after.retiredBecause, after.replacedBy],
            ['retired', because, null],
          );
          assert.equal(after.body, before.body);
          const others = (data: object) =>
            Object.entries(data).filter(([key]) => !/^(?:status|retired_because|replaced_by)$/.test(key));
          assert.deepEqual(others(after.frontMatter), others(before.frontMatter));
        },
      ),
      { numRuns: 300 },
    );
  });
});
