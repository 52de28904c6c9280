import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseFrontMatter } from './front-matter.ts';

const read = (yaml: string) => parseFrontMatter(yaml, 2, 'name: Security');

describe('front matter', () => {
  it('is data, with the place of each key and item in the file', () => {
    const { frontMatter, problems } = read('name: a\ntools:\n  - read\n  - write\nnested:\n  deep: 1');
    assert.deepEqual(problems, []);
    assert.deepEqual(frontMatter?.data, { name: 'a', tools: ['read', 'write'], nested: { deep: 1 } });
    assert.deepEqual(frontMatter.placeOf(['tools', 1]), { line: 5, column: 5 });
    assert.deepEqual(frontMatter.placeOf(['nested', 'deep']), { line: 7, column: 3 });
    assert.deepEqual(frontMatter.placeOf(['nested', 'unknown']), { line: 6, column: 1 });
  });

  it('says what is wrong and where, and gives no data then', () => {
    for (const [yaml, line, message] of [
      ['a: 1\na: 2', 3, /^the front matter is not valid YAML: Map keys must be unique$/],
      ['a: b: c', 2, /; text that contains ": " needs quotes around it$/],
      ['- a', 2, /^the front matter must be keys and values, such as "name: Security"$/],
      ['a: *nobody', 2, /^the front matter (?:is not valid YAML|cannot be read): /],
    ] as const) {
      const { frontMatter, problems } = read(yaml);
      assert.equal(frontMatter, undefined, yaml);
      assert.equal(problems[0]?.line, line, yaml);
      assert.match(problems[0].message, message, yaml);
    }
  });

  it('does not expand aliases without end', () => {
    const levels = Array.from({ length: 9 }, (_, n) => `l${n + 1}: &l${n + 1} [${`*l${n}, `.repeat(9)}]`);
    const { frontMatter, problems } = read(['l0: &l0 [x]', ...levels].join('\n'));
    assert.equal(frontMatter, undefined);
    assert.match(problems[0]!.message, /alias/i);
  });

  it('never throws', () => {
    const piece = fc.constantFrom(
      'a:',
      ' b',
      '- ',
      '? ',
      ': ',
      '{',
      '}',
      '[',
      ']',
      '&x',
      '*x',
      '!!t ',
      '"',
      "'",
      '|',
      '\n',
      '\t',
      '#',
      '%',
      'null',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const { frontMatter, problems } = read(pieces.join(''));
        frontMatter?.placeOf(['a', 0, 'b']);
        assert.ok(frontMatter !== undefined || problems.some(({ severity }) => severity === 'error'));
      }),
    );
  });
});
