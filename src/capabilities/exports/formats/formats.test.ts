import assert from 'node:assert/strict';
import { matchesGlob } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import { compileGlob } from '../../../platform/files/index.ts';
import type { Digest } from '../digest/digest.ts';
import { bodyOf } from '../digest/export-body.ts';
import { markedFile, originOf } from '../marker/marked-file.ts';
import { agentsMd } from './agents-md.ts';
import { claude } from './claude.ts';
import { copilot } from './copilot.ts';
import { cursor } from './cursor.ts';
import type { FileFormat } from './export-format.ts';
import {
  readClaudeRule,
  readCopilotInstructions,
  readCursorRule,
  type RuleScope,
} from './format-readers-fixture.ts';

const digest = (changes: Partial<Digest> = {}): Digest => ({
  id: 'architecture/error-responses',
  shownAs: 'architecture/error-responses',
  title: 'Error responses',
  lead: 'Report every failure in one shape: a code, a message.',
  rules: ['One format.', 'Codes are stable.', 'Status by category.', 'List every bad field.'],
  avoid: ['200 with an error inside.'],
  appliesTo: ['src/**/*.{ts,tsx}', '*.py', 'api/'],
  notFor: [],
  universal: false,
  pointer: 'The whole standard: `.agent-os/standards/architecture/error-responses.md`.',
  losses: [],
  ...changes,
});

const fileOf = (format: FileFormat, one: Digest) => markedFile(one.id, format.head(one), bodyOf(one));

const readers: readonly [FileFormat, (text: string) => RuleScope][] = [
  [cursor, readCursorRule],
  [claude, readClaudeRule],
  [copilot, readCopilotInstructions],
];

describe('[X7] exports, read by the rules of the programs they are for', () => {
  for (const [format, read] of readers) {
    it(`${format.target}: for the same files as the standard`, () => {
      const segment = fc.constantFrom('src', 'api', 'a', 'b', '*', '**');
      const name = fc.constantFrom('*.ts', '*.{ts,js}', 'x.py', '**', '?.go', '[ab].ts', '{a,b}/*.ts', '*');
      const glob = fc
        .tuple(fc.array(segment, { maxLength: 2 }), name)
        .map(([folders, last]) => [...folders, last].join('/'));
      const file = fc
        .tuple(
          fc.array(fc.constantFrom('src', 'api', 'a', 'b'), { maxLength: 3 }),
          fc.constantFrom('a.ts', 'x.py', 'm.go', 'q.js', 'c.ts'),
        )
        .map(([folders, last]) => [...folders, last].join('/'));
      fc.assert(
        fc.property(fc.array(glob, { minLength: 1, maxLength: 3 }), file, (appliesTo, path) => {
          const { mode, globs } = read(fileOf(format, digest({ appliesTo })));
          const applies = appliesTo.some((one) => compileGlob(one)(path));
          const isRead = mode === 'always' || globs.some((one) => matchesGlob(path, one));
          assert.equal(isRead, applies, JSON.stringify({ appliesTo, globs, path }));
        }),
        { numRuns: 300 },
      );
    });

    it(`${format.target}: says the rule, its key points and where the whole is`, () => {
      const { body, mode, globs } = read(fileOf(format, digest()));
      assert.equal(mode, 'files');
      assert.deepEqual(globs, ['src/**/*.ts', 'src/**/*.tsx', '**/*.py', 'api/**']);
      for (const part of [
        '# Error responses',
        'in one shape: a code',
        '- Codes are stable.',
        '- 200 with',
        'error-responses.md',
      ])
        assert.ok(body.includes(part), part);
    });

    it(`${format.target}: a standard for every file`, () => {
      assert.equal(read(fileOf(format, digest({ appliesTo: [] }))).mode, 'always');
    });

    it(`${format.target}: whatever stands in a standard, the file is known as Troupe's, and any edit is seen`, () => {
      const text = fc.string({ unit: 'binary', maxLength: 30 }).map((one) => one.replaceAll(/[\r\n]/g, ' '));
      fc.assert(
        fc.property(text, text, fc.array(text, { maxLength: 3 }), fc.nat(), (title, lead, rules, at) => {
          const file = fileOf(format, digest({ title, lead, rules }));
          assert.equal(originOf(file), 'own');
          assert.equal(originOf(`\uFEFF${file.replaceAll('\n', '\r\n')}`), 'own');
          const place = at % file.length;
          const edited = `${file.slice(0, place)}!${file.slice(place)}`;
          assert.notEqual(originOf(edited), 'own');
          read(file);
        }),
        { numRuns: 100 },
      );
    });
  }

  it('cursor: every word of its description reaches a reader of YAML and one who takes quotes for text', () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 });
    fc.assert(
      fc.property(text, text, (title, lead) => {
        const file = fileOf(cursor, digest({ title, lead, universal: true, appliesTo: [] }));
        const words = `${title}. ${lead}`.replaceAll(/\s+/g, ' ').trim();
        const [, line] = file.split('\n');
        assert.deepEqual(parse(line!), { description: words });
      }),
    );
    const one = digest({
      title: 'Use: braces, #always',
      lead: 'Never "this".',
      universal: true,
      appliesTo: [],
    });
    assert.match(
      readCursorRule(fileOf(cursor, one)).description,
      /Use: braces, #always\. Never \\?"this\\?"/,
    );
  });

  it('cursor: a plain description stays bare, and the agent decides on what ships', () => {
    const { description, mode } = readCursorRule(
      fileOf(cursor, digest({ lead: 'Never this.', universal: true, appliesTo: [] })),
    );
    assert.equal(description, 'Error responses. Never this.');
    assert.equal(mode, 'agent');
    assert.match(cursor.losses(digest({ universal: true, appliesTo: [] }))[0]!.what, /agent decides/);
  });

  it('widens a set of characters with a comma where commas separate, and says so', () => {
    const one = digest({ appliesTo: ['src/[a,b].ts'] });
    assert.deepEqual(readCopilotInstructions(fileOf(copilot, one)).globs, ['src/?.ts']);
    assert.match(copilot.losses(one)[0]!.what, /comma in the glob/);
    assert.deepEqual(claude.losses(one), []);
  });

  it('agents-md: says scopes in words, is short, and says what that costs', () => {
    const { content: region } = agentsMd.region(
      [digest(), digest({ id: 'a/b', title: 'B', appliesTo: [] })],
      [],
    );
    assert.match(region, /^### Error responses\n\nFor `src\/\*\*\/\*\.ts`, /m);
    assert.deepEqual(
      agentsMd.losses(digest()).map(({ what }) => what.slice(0, 20)),
      ['its scope as data: A'],
    );
    assert.deepEqual(agentsMd.most, { rules: 8, avoid: 0 });
    assert.match(region, /^People approved these standards\. Follow/m);
    assert.match(
      agentsMd.region([digest({ universal: true })], []).content,
      /those that ship with Troupe\. Follow/,
    );
    assert.deepEqual(agentsMd.region([], []), { content: '', losses: [] });
  });
});
