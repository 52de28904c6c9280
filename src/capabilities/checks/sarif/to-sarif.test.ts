import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import Ajv from 'ajv';
import fc from 'fast-check';
import type { CheckOutput, LeftOutFinding, StandardFinding } from '../contract/index.ts';
import { toSarif } from './to-sarif.ts';

const load = (name: string) =>
  JSON.parse(readFileSync(createRequire(import.meta.url).resolve(name), 'utf8')) as object;

// The standard's own schema, as its publishers' package ships it.
const ajv = new Ajv({ schemaId: 'auto', validateSchema: false, logger: false, unknownFormats: 'ignore' });
ajv.addMetaSchema(load('ajv/lib/refs/json-schema-draft-04.json'));
const isValid = ajv.compile(load('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'));

const finding = (changes: Partial<StandardFinding> = {}): StandardFinding => ({
  file: 'src/a.ts',
  line: 2,
  severity: 'medium',
  standard: 'development/logging',
  section: 'Pattern',
  rule: 'development/logging/no-console-log',
  message: 'Log through the logger.',
  quote: 'console.log(a);',
  ...changes,
});

const leftOut = (changes: Partial<LeftOutFinding> = {}): LeftOutFinding => ({
  ...finding({ file: 'src/b.ts', line: 3 }),
  reason: 'a script',
  ...changes,
});

const output = (changes: Partial<CheckOutput> = {}): CheckOutput => ({
  findings: [finding()],
  total: 1,
  checked: ['development/logging'],
  not_checked: [{ standards: ['a/other'], reason: 'no rule can check it' }],
  skipped: [{ file: 'logo.png', reason: 'binary' }],
  left_out: [leftOut()],
  incomplete: false,
  job_id: null,
  message: '',
  ...changes,
});

const sarif = (changes: Partial<CheckOutput> = {}) =>
  toSarif(output(changes), { version: '1.2.3', suppressed: false });
const full = (changes: Partial<CheckOutput> = {}) =>
  toSarif(output(changes), { version: '1.2.3', suppressed: true });

describe('[X8] SARIF', () => {
  it('is valid by the schema of the standard, which refuses what is not', () => {
    assert.ok(isValid(sarif()), JSON.stringify(isValid.errors));
    assert.ok(isValid(sarif({ findings: [], checked: [], not_checked: [], skipped: [] })));
    assert.ok(isValid(full()), JSON.stringify(isValid.errors));
    const [run] = full().runs;
    const unknown = run.results.map((one) => ({ ...one, suppressions: [{ kind: 'byComment' }] }));
    assert.ok(!isValid({ ...full(), runs: [{ ...run, results: unknown }] }), 'a kind that there is not');
    assert.ok(
      !isValid({ ...sarif(), runs: [{ ...run, results: [{ ruleId: 'x' }] }] }),
      'a result needs a message',
    );
    assert.ok(!isValid({ ...sarif(), more: 1 }));
  });

  it('has a rule for each standard, results that point to it, and levels by severity', () => {
    const findings = (['critical', 'high', 'medium', 'low'] as const).map((severity, n) =>
      finding({ severity, line: n + 1 }),
    );
    const [{ tool, results }] = sarif({
      findings: [...findings, finding({ standard: 'a/judged', rule: null, line: 5 })],
    }).runs;
    assert.deepEqual(
      tool.driver.rules.map(({ id, name }) => [id, name]),
      [
        ['development/logging', 'DevelopmentLogging'],
        ['a/judged', 'AJudged'],
      ],
    );
    assert.deepEqual(
      results.map(({ level }) => level),
      ['error', 'error', 'warning', 'note', 'warning'],
    );
    for (const { ruleId, ruleIndex } of results) assert.equal(tool.driver.rules[ruleIndex]!.id, ruleId);
  });

  it('names files relative to the root, as addresses', () => {
    const uriOf = (file: string) =>
      sarif({ findings: [finding({ file })] }).runs[0].results[0]!.locations[0]!.physicalLocation
        .artifactLocation;
    assert.deepEqual(uriOf('src/ä b#1?.ts'), { uri: 'src/%C3%A4%20b%231%3F.ts', uriBaseId: '%SRCROOT%' });
    assert.equal(new URL(uriOf('c:x/%41.ts').uri, 'file:///base/').pathname, '/base/c%3Ax/%2541.ts');
  });

  it('recognises a finding whose line moved, and tells two alike apart', () => {
    const printsOf = (lines: number[]) =>
      sarif({ findings: lines.map((line) => finding({ line })) }).runs[0].results.map(
        (r) => r.partialFingerprints.primaryLocationLineHash,
      );
    const [first, second] = printsOf([2, 9]);
    assert.notEqual(first, second);
    assert.deepEqual(printsOf([5, 12]).slice(0, 2), [first, second]);
  });

  it('knows a shipped standard by one name, whether or not the project has one of its name', () => {
    const of = (standard: string) => {
      const [{ tool, results }] = sarif({
        findings: [finding({ standard, rule: `${standard}/no-console-log` })],
        checked: [standard],
      }).runs;
      return {
        rules: tool.driver.rules.map(({ id }) => id),
        prints: results.map((r) => [r.ruleId, r.partialFingerprints]),
      };
    };
    assert.deepEqual(of('troupe:development/logging'), of('development/logging'));
    assert.deepEqual(of('troupe:development/logging').rules, ['development/logging']);
  });

  it('says what was not checked, not looked at, and left out by a comment', () => {
    const [{ invocations }] = sarif().runs;
    assert.deepEqual(
      invocations[0].toolExecutionNotifications.map(({ message }) => message.text),
      [
        'a/other was not checked: no rule can check it',
        'logo.png was not looked at: binary',
        'src/b.ts:3 is left out of development/logging by a comment: a script',
      ],
    );
  });

  it('opens no alert for what a comment leaves out where hosts do not know suppressions', () => {
    const [{ results }] = sarif().runs;
    assert.deepEqual(
      results.map((one) => [one.locations[0]!.physicalLocation.artifactLocation.uri, one.suppressions]),
      [['src/a.ts', undefined]],
    );
  });

  it('has it in full as results suppressed in the source, with the reason, beside findings that are not', () => {
    const [{ results, tool, invocations }] = full({
      left_out: [leftOut({ standard: 'a/other', file: 'src/a.ts', line: 1 }), leftOut()],
    }).runs;
    assert.deepEqual(
      results.map(({ ruleId, locations, suppressions }) => [
        ruleId,
        locations[0]!.physicalLocation.region.startLine,
        suppressions,
      ]),
      [
        ['a/other', 1, [{ kind: 'inSource', justification: 'a script' }]],
        ['development/logging', 2, []],
        ['development/logging', 3, [{ kind: 'inSource', justification: 'a script' }]],
      ],
    );
    for (const { ruleId, ruleIndex } of results) assert.equal(tool.driver.rules[ruleIndex]!.id, ruleId);
    assert.equal(invocations[0].toolExecutionNotifications.length, 2, 'what is a result is no notification');
  });

  it('keeps the fingerprints when a comment leaves one of several alike out', () => {
    const all = [2, 5, 9].map((line) => finding({ line }));
    const printsOf = ({ runs: [{ results }] }: ReturnType<typeof sarif>) =>
      results.map((r) => r.partialFingerprints.primaryLocationLineHash);
    const before = printsOf(sarif({ findings: all, left_out: [] }));
    const [first, second, third] = all as [StandardFinding, StandardFinding, StandardFinding];
    const excused = { findings: [first, third], left_out: [{ ...second, reason: 'a script' }] };
    assert.deepEqual(printsOf(full(excused)), before);
    assert.deepEqual(printsOf(sarif(excused)), [before[0], before[2]]);
  });

  it('is valid whatever the texts hold', () => {
    const text = fc.string({ unit: 'binary', minLength: 1 });
    const record = fc.record({
      file: text,
      line: fc.integer({ min: 1 }),
      severity: fc.constantFrom('critical' as const, 'low' as const),
      standard: text,
      section: text,
      rule: fc.option(text),
      message: text,
      quote: fc.string(),
    });
    fc.assert(
      fc.property(
        fc.array(record, { maxLength: 4 }),
        fc.array(record, { maxLength: 2 }),
        text,
        (findings, others, reason) => {
          const changes = { findings, left_out: others.map((one) => ({ ...one, reason })) };
          return [sarif(changes), full(changes)].every((log) => isValid(log) === true);
        },
      ),
      { numRuns: 60 },
    );
  });
});
