import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { hiddenCharacter, lineProblem } from '../../../kernel/index.ts';
import { checkDraft } from './check-draft.ts';
import { parseStandard } from './parse-standard.ts';
import { renderDraft, type StandardDraft } from './render-draft.ts';
import { sectionsOf } from './sections.ts';
import { requiredSections } from './standard.ts';

const place = { domain: 'architecture', topic: 'error-responses' };

const draft: StandardDraft = {
  ...place,
  title: 'Error responses',
  lead: 'Report every failure in one shape.\nNever leak internals.',
  sections: Object.fromEntries(requiredSections.map((heading) => [heading, `About ${heading}.`])),
  createdBy: 'architect',
  createdAt: '2026-11-21T00:00:00Z',
  tags: ['api', 'errors'],
  appliesTo: ['**/*.{ts,js}', 'src/**'],
  questions: ['How do I report: errors?', '# what?'],
  checks: [
    { uses: 'security/stack-trace-to-client' },
    {
      id: 'no-console',
      language: 'typescript',
      severity: 'medium',
      message: 'Log through the logger: always.',
      rule: { pattern: 'console.log($$$A)', not: { inside: { kind: 'x', stopBy: 'end' } }, nth: 1, any: [] },
    },
  ],
  evidence: [{ file: 'src/http.ts', line: 12, quote: 'res.status(500).json("{' }],
};

const messagesOf = async (text: string) =>
  (await checkDraft(text, place)).map(({ line, severity, message }) => `${line} ${severity}: ${message}`);

describe('a standard as a document', () => {
  it('[A10] is read with front matter, title, rule and sections', async () => {
    const text = renderDraft(draft);
    const document = await parseStandard(text, place);
    assert.partialDeepStrictEqual(document, {
      ...place,
      title: 'Error responses',
      lead: 'Report every failure in one shape. Never leak internals.',
      createdBy: 'architect',
      approvedBy: null,
      createdAt: '2026-11-21T00:00:00Z',
      lastUpdated: '2026-11-21T00:00:00Z',
      status: 'active',
      unknownKeys: [],
      problems: [],
    });
    const { tags, appliesTo, questions, checks, evidence } = draft;
    assert.deepEqual(
      { ...document, frontMatter: undefined },
      { ...document, frontMatter: undefined, tags, appliesTo, questions, checks, evidence },
    );
    assert.deepEqual(await messagesOf(text), []);
    const lines = text.split('\n');
    assert.equal(lines.slice(document.bodyLine - 1).join('\n'), document.body);
    for (const { heading, line } of document.sections) assert.ok(lines[line - 1]!.endsWith(` ${heading}`));
  });

  it('keeps every part through writing and reading', async () => {
    const words = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 30 })
      .map((text) => text.toWellFormed())
      // No key of data in JavaScript, and of no rule.
      .filter((text) => text !== '__proto__');
    const line = words.filter((text) => lineProblem(text) === undefined);
    const lines = words.filter((text) => hiddenCharacter(text) === undefined);
    const value = fc.jsonValue({ maxDepth: 3 });
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          createdBy: line,
          questions: fc.array(line, { maxLength: 4 }),
          quote: lines,
          rule: fc.dictionary(words, value, { maxKeys: 3 }),
        }),
        async ({ createdBy, questions, quote, rule }) => {
          const own = { id: 'own', language: 'go', severity: 'low' as const, message: 'm', rule };
          const parts = {
            createdBy,
            questions,
            checks: [own],
            evidence: [{ file: 'a b.ts', line: 3, quote }],
          };
          const document = await parseStandard(renderDraft({ ...draft, ...parts }), place);
          assert.deepEqual(document.problems, []);
          const read = { createdBy: document.createdBy, questions: document.questions };
          assert.deepEqual(read, { createdBy, questions });
          assert.deepEqual(JSON.parse(JSON.stringify(document.checks)), JSON.parse(JSON.stringify([own])));
          assert.deepEqual(document.evidence, parts.evidence);
        },
      ),
    );
  });

  it('keeps keys that Troupe does not read, and names them', async () => {
    const text = renderDraft(draft).replace('---\n', '---\nowner: team-a\n"x y": { z: 1 }\n');
    const document = await parseStandard(text, place);
    assert.deepEqual(document.unknownKeys, ['owner', 'x y']);
    assert.deepEqual(document.frontMatter['x y'], { z: 1 });
    assert.deepEqual(document.problems, []);
  });

  it('can be a text without front matter, title or anything', async () => {
    for (const text of [
      '',
      '\n',
      '# Only a title',
      'Only text.\n\nMore.',
      '---\n---\n',
      '---\n\n---\n# T\n\nLead.',
    ]) {
      const { title, sections } = await parseStandard(text, place);
      assert.equal(title, /# (.*)/.exec(text)?.[1] ?? 'Error responses');
      assert.ok(sections.length <= 2);
    }
    assert.equal((await parseStandard('Only text.\n\nMore.', place)).lead, 'Only text.');
    assert.equal((await parseStandard('# T\n\n- a list\n', place)).lead, '');
  });

  it('names each value that is wrong with its line, and uses the others', async () => {
    const text = [
      '---',
      'domain: security',
      'tags: [ok, Not Kebab]',
      'applies_to: "src/**"',
      'check:',
      '  - { uses: security/x }',
      '  - { id: own, language: go, severity: low, message: m, rule: {}, fix: x }',
      '  - { id: own, severity: awful }',
      'evidence: [{ file: a.ts, line: 0 }]',
      'status: sleeping',
      'questions: [why]',
      'approved_by: [Ada]',
      '---',
      '# T',
    ].join('\n');
    const { problems, questions, tags } = await parseStandard(text, place);
    assert.deepEqual({ questions, tags }, { questions: ['why'], tags: [] });
    const lines = problems.map(({ line }) => line);
    assert.deepEqual(
      [...new Set(lines)].toSorted((a, b) => a - b),
      [2, 3, 4, 7, 8, 9, 10, 12],
    );
    assert.ok(problems.every(({ severity }) => severity === 'error'));
    assert.match(problems.find(({ line }) => line === 7)!.message, /^"check\.1": .*"fix"/);
    assert.match(problems.find(({ line }) => line === 8)!.message, /^"check\.2": it must be \{ uses/);
  });

  it('[X9] refuses front matter that is no YAML, no keys and values, or grows without end, with file and line', async () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]'];
    for (let n = 1; n < 12; n++) {
      const [from, to] = [String.fromCharCode(96 + n), String.fromCharCode(97 + n)];
      bomb.push(`${to}: &${to} [${`*${from},`.repeat(9)}]`);
    }
    const cases: [yaml: string, line: number, reason: RegExp][] = [
      ['domain: [', 3, /not valid YAML/],
      ['domain: a\ntitle: x: y', 3, /needs quotes/],
      ['domain: a\ndomain: b', 3, /unique/],
      ['- a\n- b', 2, /keys and values/],
      ['just text', 2, /keys and values/],
      ['{ domain: a }', 2, /line of its own/],
      ['  domain: a', 2, /without anything before/],
      ['x: *nobody', 2, /alias/i],
      [bomb.join('\n'), 2, /alias/i],
    ];
    for (const [yaml, line, reason] of cases) {
      const failing = parseStandard(`---\n${yaml}\n---\n# T\n`, { ...place, file: 'x.md' });
      await assert.rejects(failing, (error: Error & { code: string; details: { line: number } }) => {
        assert.equal(error.code, 'standards.bad_front_matter');
        assert.match(error.message, reason, yaml);
        assert.match(error.message, new RegExp(`^x\\.md:\\d+: `));
        assert.ok(Math.abs(error.details.line - line) <= 1, `${yaml}: ${error.details.line}`);
        return true;
      });
    }
  });

  it('never fails for anything else that a text may hold', async () => {
    const pieces = fc.constantFrom(
      '---',
      'tags: [a]',
      'check: 1',
      '# T',
      '```',
      '~~~',
      'text',
      '',
      '## Pattern',
      '\r',
      '\0',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(pieces, fc.string({ unit: 'binary' })), { maxLength: 12 }),
        async (parts) => {
          const text = parts.join('\n');
          const problems = await checkDraft(text, place);
          for (const { line } of problems) assert.ok(line >= 1);
          const sections = sectionsOf(text.split('\n'), 1);
          for (const section of sections)
            assert.ok(section.line >= 1 && section.line <= text.split('\n').length);
        },
      ),
    );
  });
});

describe('a draft', () => {
  it('is told every section, title and rule that it lacks', async () => {
    assert.deepEqual(await messagesOf('nothing'), [
      '1 warning: there is no front matter: the first line should be "---", then keys such as "tags:", then "---"',
      '1 error: there is no title: begin with a line "# …"',
      ...requiredSections.map((heading) => `1 error: the section "## ${heading}" is missing`),
    ]);
    const partly = renderDraft({ ...draft, lead: '', sections: { Context: '', Pattern: '### Sub\n\ntext' } });
    const problems = await messagesOf(partly);
    assert.equal(problems.length, 5);
    assert.ok(problems.some((problem) => problem.includes('error: there is no rule')));
    assert.ok(problems.some((problem) => problem.endsWith('the section "Context" is empty')));
    assert.ok(!problems.some((problem) => problem.includes('Pattern')));
  });

  it('may write its headings in other letters, and code may hold headings', async () => {
    const text = renderDraft(draft)
      .replace('## Anti-patterns', '## anti patterns ##')
      .replace('About Examples.', '```md\n## Context\n# Not a title\n```');
    assert.deepEqual(await messagesOf(text), []);
  });

  it('cannot bring its own approval', async () => {
    const text = renderDraft(draft).replace('---\n', '---\napproved_by: somebody\n');
    assert.deepEqual(await messagesOf(text), [
      '1 warning: approved_by is written by approval only; leave out',
    ]);
  });
});
