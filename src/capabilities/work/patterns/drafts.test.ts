import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { familyOfRule } from '../../analyzers/contract/index.ts';
import { describeRule, listRules, redactSecrets, runChecks } from '../../analyzers/index.ts';
import { projectWith } from '../../analyzers/testing.ts';
import { checkDraft, parseStandard, renderDraft } from '../../standards/index.ts';
import { draftText, type DraftedStandard } from '../standards/draft.ts';
import { draftOfPattern } from './draft-of-pattern.ts';
import { errorResponsesChecks } from './error-responses-checks.ts';
import { globsOf } from './places-in-words.ts';
import { repeatedPatterns, type FlaggedPlace } from './repeated-pattern.ts';

const place = (rule: string, line: number, changes: Partial<FlaggedPlace> = {}): FlaggedPlace => ({
  rule,
  severity: 'medium',
  file: 'src/a.ts',
  line,
  quote: 'run(`${x}`);',
  ...changes,
});

/** The file that a person would be shown. */
function fileOf(draft: DraftedStandard): string {
  const [front] = renderDraft({
    domain: 'architecture',
    topic: draft.topic,
    title: draft.title,
    lead: draft.lead,
    sections: {},
    createdBy: 'architect',
    createdAt: '2026-11-21T00:00:00Z',
    tags: draft.tags,
    appliesTo: draft.applies_to,
    questions: draft.questions,
    checks: draft.check,
    evidence: draft.evidence,
  }).split('\n# ');
  return `${front}\n${draftText(draft)}`;
}

describe('a standard drafted from a rule', () => {
  it('[A10] is whole, whatever rule that ships it comes from: title, rule, all sections, names that can be', async () => {
    const rules = await listRules();
    const families = new Set(rules.map(({ id }) => familyOfRule(id)));
    // Packs are read anew for each: some of every trade, and what is no syntax.
    const some = [...families].filter(
      (family, at) =>
        at % 20 === 0 || rules.some((r) => r.analyzer !== 'syntax' && familyOfRule(r.id) === family),
    );
    for (const family of some) {
      const rule = (await describeRule(family))!;
      const [trade, name] = family.split('/') as [string, string];
      const places = [1, 2, 3].map((line) =>
        place(`${trade}/${rule.examples[0]?.language ?? 'any'}/${name}`, line),
      );
      const draft = draftOfPattern({ family, places }, rule);
      const problems = await checkDraft(fileOf(draft), { domain: 'architecture', topic: draft.topic });
      assert.deepEqual(problems, [], family);
      assert.deepEqual(draft.check[0], { uses: family });
      assert.ok(draft.tags.length >= 1 && draft.tags.every((tag) => /^[a-z0-9-]+$/.test(tag)), family);
      assert.ok(draftText(draft).length < 8_000, family);
    }
  });

  it('holds what a person needs: why, what to write, an example of each, the places', async () => {
    const rule = (await describeRule('security/sql-from-string'))!;
    const places = [1, 2, 3, 4].map((line) =>
      place('security/python/sql-from-string', line, { file: `shop/v${line}.py` }),
    );
    const text = draftText(draftOfPattern({ family: 'security/sql-from-string', places }, rule));
    assert.match(text, /^# Avoid: SQL text built from a value\n\n/);
    assert.match(text, /4 places departed from it, in 4 files of `shop`/);
    assert.match(text, /## Examples\n\n```python\n[^]*## Anti-patterns\n\n```python/);
    assert.match(text, /troupe-ignore sql-from-string: the reason/);
    assert.match(text, /- `shop\/v1\.py:1`: `` run\(`\$\{x\}`\); ``/);
    assert.match(text, /## Sources\n\n- CWE-89/);
  });

  it('shows as example the code that does what the rule says, in the language and words of most places', async () => {
    const family = 'security/sql-from-string';
    const rule = (await describeRule(family))!;
    const of = (...languages: string[]) =>
      languages.map((language, at) => place(`security/${language}/sql-from-string`, at + 1));
    const draft = draftOfPattern({ family, places: of('typescript', 'typescript', 'typescript') }, rule);
    const [typescript, python] = rule.examples;
    assert.equal(draft.examples, '```typescript\n' + typescript!.model + '\n```');
    assert.doesNotMatch(draft.examples, /\$\{|redis/);
    assert.deepEqual(draft.tags, ['security', 'sql', 'string']);
    const both = draftOfPattern({ family, places: of('typescript', 'python', 'python') }, rule);
    assert.equal(both.lead, python!.remedy);
    assert.ok(both.examples.indexOf(python!.model) < both.examples.indexOf(typescript!.model));
  });

  it('has words as tags: short ones such as csrf and jwt, none such as from and of', async () => {
    const tags = async (family: string) => {
      const [trade, name] = family.split('/') as [string, string];
      const places = [1, 2, 3].map((line) => place(`${trade}/typescript/${name}`, line));
      return draftOfPattern({ family, places }, (await describeRule(family))!).tags;
    };
    assert.deepEqual(await tags('security/csrf-off'), ['security', 'csrf']);
    assert.deepEqual(await tags('security/jwt-unverified'), ['security', 'jwt', 'unverified']);
    assert.deepEqual(await tags('data/not-in-subquery'), ['data', 'subquery']);
  });

  it('for error answers shows the calls of this project, or only the body', async () => {
    const family = 'architecture/error-responses';
    const rule = (await describeRule(family))!;
    const example = (usual: string, ...quotes: string[]) =>
      draftOfPattern(
        {
          family,
          places: quotes.map((quote, at) => place('architecture/any/error-responses', at, { quote, usual })),
        },
        rule,
      ).examples;
    const express = example(
      '{ error }',
      "res.status(404).json({ message: 'no' })",
      "return res.status(500).json('no')",
      "json(res, 404, { message: 'no' })",
    );
    assert.match(
      express,
      /fail\(res, status, message\) \{\n {2}return res\.status\(status\)\.json\(\{ error: message \}\);/,
    );
    assert.match(
      example('{ error: {…} }', "c.json({ message: 'no' }, 404)"),
      /return c\.json\(\{ error: \{ message \} \}, status\);/,
    );
    assert.match(
      example('{ error }', "json(res, 404, { message: 'no' })"),
      /return json\(res, status, \{ error: message \}\);/,
    );
    const neutral = example('{ error }', "res.end('no')");
    assert.match(neutral, /^Every failure has this body:\n\n```json\n\{"error":"no such order"\}/);
    for (const text of [express, neutral]) assert.doesNotMatch(text, /ServerResponse/);
  });

  it('for error answers carries rules that tell a departing line by itself', async (t) => {
    const usual = '{ error }';
    const quotes = [
      "json(res, 404, { message: 'no' })",
      'json(res, 200, { ok: false })',
      "res.end('no')",
      "res.status(404).json({ message: 'no' })",
    ];
    const places = quotes.map((quote, at) =>
      place('architecture/any/error-responses', at + 1, { quote, usual }),
    );
    const rule = (await describeRule('architecture/error-responses'))!;
    const draft = draftOfPattern({ family: 'architecture/error-responses', places }, rule);
    assert.deepEqual(await checkDraft(fileOf(draft), { domain: 'architecture', topic: draft.topic }), []);
    const { checks } = await parseStandard(fileOf(draft), { domain: 'architecture', topic: draft.topic });
    const own = checks.filter((check) => !('uses' in check));
    assert.deepEqual(own, errorResponsesChecks(places, { key: 'error', holdsObject: false }));
    const lines = [
      'function api(res) {',
      "json(res, 404, { message: 'a' });",
      "json(res, 404, { error: { code: 'b' } });",
      "json(res, 404, { error: 'c', code: 'C' });",
      "json(res, 200, { ok: false, errors: ['d'] });",
      'json(res, 200, { ok: true });',
      "res.writeHead(404);\nres.end('e');",
      "res.writeHead(200);\nres.end('f');",
      "res.status(409).json({ message: 'g' });",
      "res.status(409).json({ error: 'h' });",
      'setTimeout(run, 500, { late: true });',
      '}',
      // What answers with pages throughout may fail with one.
      "function page(res) {\nres.writeHead(404);\nres.end('i');\n}",
    ];
    const root = await projectWith(t, { 'a.ts': `${lines.join('\n')}\n` });
    const set = { id: 'architecture/error-responses', appliesTo: [], rules: own as never };
    const { findings, problems } = await runChecks({
      root,
      files: ['a.ts'],
      sets: [set],
      wholeProject: false,
    });
    assert.deepEqual(problems, []);
    const found = findings.map(({ quote }) => /'(\w)'/.exec(quote)?.[1]);
    assert.deepEqual(found, ['a', 'b', 'd', 'e', 'g']);
    const both = { ...set, rules: checks as never };
    const whole = await runChecks({ root, files: ['a.ts'], sets: [both], wholeProject: true });
    const flagged = whole.findings.map(({ line }) => line);
    assert.deepEqual(flagged, [...new Set(flagged)]);
  });

  it('survives quotes that hold fences, and examples that look like secrets are masked before it is proposed', async () => {
    const rule =
      (await describeRule('security/hardcoded-key')) ?? (await describeRule('security/weak-random'))!;
    const places = [1, 2, 3].map((line) =>
      place('security/typescript/weak-random', line, { quote: 'a ``` b' }),
    );
    const text = draftText(draftOfPattern({ family: rule.family, places }, rule));
    assert.match(text, /```` a ``` b ````/);
    assert.equal((await redactSecrets((await redactSecrets(text)).text)).redacted, 0);
  });
});

describe('what is most worth a standard', () => {
  it('is the pattern of the worst severity and most places, of the own trade before others, from three places on', () => {
    const of = (rule: string, count: number, severity: FlaggedPlace['severity']) =>
      Array.from({ length: count }, (_, n) => place(rule, n + 1, { severity, file: `${rule}.ts` }));
    const families = (places: FlaggedPlace[], trades: string[]) =>
      repeatedPatterns(places, trades).map(({ family }) => family);
    const places = [
      ...of('security/python/sql-from-string', 2, 'critical'),
      ...of('security/typescript/sql-from-string', 2, 'critical'),
      ...of('engineering/go/error-ignored', 9, 'low'),
      ...of('data/python/select-star', 5, 'medium'),
      ...of('testing/java/sleep', 2, 'critical'),
    ];
    assert.deepEqual(families(places, ['security']), [
      'security/sql-from-string',
      'data/select-star',
      'engineering/error-ignored',
    ]);
    assert.deepEqual(families(places, ['engineering']).slice(1), [
      'engineering/error-ignored',
      'data/select-star',
    ]);
    assert.deepEqual(families([...of('a/b/c', 2, 'high'), ...of('a/b/c', 2, 'high')], ['a']), []);
  });

  it('applies to files like those of its places, and by name where the ending says nothing', () => {
    assert.deepEqual(globsOf(['src/api/a.ts', 'src/api/v1/b.ts']), ['src/api/**/*.ts']);
    assert.deepEqual(globsOf(['a.ts', 'lib/b.py']), ['**/*.py', '**/*.ts']);
    assert.deepEqual(globsOf(['Makefile', 'requirements.txt']), ['**/Makefile', '**/requirements.txt']);
  });
});
