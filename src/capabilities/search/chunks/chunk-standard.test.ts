import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { chunkStandard } from './chunk-standard.ts';

const long = (word: string, times = 120) => Array.from({ length: times }, () => word).join(' ');
const chunk = (body: string, bodyLine = 1) => chunkStandard({ title: 'Errors', body, bodyLine });

const line = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('', '  ', 'text', '- item', '1. item', 'For example:', long('word')),
  },
  fc.constantFrom('# Errors', '## Pattern', '### Deep ###', '#not', 'Setext', '===', '---'),
  fc.constantFrom('```', '```ts', '~~~', '  ````', '# inside?', long('code', 90)),
);
const body = fc.array(line, { maxLength: 60 }).map((lines) => lines.join('\n'));

describe('the chunks of a standard', () => {
  it('hold every line that is not blank exactly once, in order, under its own number', () => {
    fc.assert(
      fc.property(body, fc.integer({ min: 1, max: 40 }), (text, bodyLine) => {
        const lines = text.split('\n');
        const covered: number[] = [];
        for (const { line: first, endLine, text: shown } of chunk(text, bodyLine)) {
          const own = shown.split('\n');
          assert.equal(own.length, endLine - first + 1);
          own.forEach((content, index) => {
            assert.equal(content, lines[first - bodyLine + index]);
            if (content.trim() !== '') covered.push(first + index);
          });
        }
        const expected = lines.flatMap((content, index) => (content.trim() === '' ? [] : [index + bodyLine]));
        assert.deepEqual(covered, expected);
      }),
      { numRuns: 300 },
    );
  });

  it('never split a code fence', () => {
    fc.assert(
      fc.property(body, fc.integer({ min: 3, max: 5 }), body, (before, marks, inside) => {
        const mark = '`'.repeat(marks + 3);
        const closed = before.split('\n').filter((one) => !/^\s*(```|~~~)/.test(one));
        const start = closed.length + 1;
        const text = [...closed, `${mark}ts`, inside, mark, 'after'].join('\n');
        const end = start + 1 + inside.split('\n').length;
        assert.equal(
          chunk(text).filter(({ line: first, endLine }) => first <= start && endLine >= end).length,
          1,
        );
      }),
    );
  });

  it('carry the path of their headings, and the lines of the file', () => {
    const text = `# Errors\n\n${long('lead', 80)}\n\n## Pattern\n\n${long('pattern', 60)}\n\n### HTTP\n\n${long('http', 100)}\n`;
    assert.deepEqual(
      chunk(text, 6).map(({ section, line: first, endLine }) => [section, first, endLine]),
      [
        ['Errors', 6, 8],
        ['Errors > Pattern', 10, 12],
        ['Errors > Pattern > HTTP', 14, 16],
      ],
    );
  });

  it('are merged when they are small and divided when they are long, a lead-in staying with what it leads to', () => {
    const small = chunk('# Errors\n\nOne rule.\n\n## Context\n\nWhy.\n\n## Sources\n\n- RFC 9457\n');
    assert.deepEqual(
      small.map(({ section }) => section),
      ['Errors > Context, Sources'],
    );
    const parts = chunk(
      `## Pattern\n\n${long('first', 150)}\n\nFor example:\n\n\`\`\`ts\n${long('code', 100)}\n\`\`\`\n\n${long('last', 150)}\n`,
    );
    assert.deepEqual(
      parts.map(({ section }) => section),
      Array(3).fill('Errors > Pattern'),
    );
    assert.match(parts[1]!.text, /^For example:\n\n```ts/);
    const list = chunk(
      `## Rules\n\n${Array.from({ length: 20 }, (_, n) => `${n}. ${long('rule', 20)}\n   and more`).join('\n')}`,
    );
    assert.ok(list.length > 2 && list.every(({ text }) => /and more$/.test(text)), 'split before items only');
  });

  it('understand headings in both forms, fences in fences, and Windows line ends', () => {
    const text = `Title\r\n=====\r\n\r\n${long('lead', 80)}\r\n\r\nPart\r\n----\r\n\r\n\`\`\`\`md\r\n\`\`\`\r\n# inside\r\n\`\`\`\r\n\`\`\`\`\r\n\r\n${long('x', 180)}\r\n`;
    const chunks = chunkStandard({ title: 'Title', body: text, bodyLine: 1 });
    assert.deepEqual(
      chunks.map(({ section }) => section),
      ['Title', 'Title > Part'],
    );
    assert.doesNotMatch(chunks[0]!.text, /\r/);
  });
});
