import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { projectWith } from '../testing.ts';
import type { OwnRule, RuleSet } from './rule-set.ts';
import { runChecks } from './run-checks.ts';

const logs = `import { db } from './db.ts';
console.log('a');
export function find(name: string) {
  return db.query('select * from t where n = ' + name);
}
`;

const noConsole: OwnRule = {
  id: 'no-console-log',
  language: 'typescript',
  severity: 'medium',
  message: 'Log through the logger.',
  rule: { pattern: 'console.log($$$A)' },
  line: 7,
};

const logging = (changes: Partial<RuleSet> = {}): RuleSet => ({
  id: 'development/logging',
  appliesTo: [],
  rules: [noConsole],
  ...changes,
});

/** Looks for what is not there inside everything inside everything, again and again. */
const endless: OwnRule = {
  ...noConsole,
  id: 'endless',
  rule: {
    pattern: '$A',
    has: {
      stopBy: 'end',
      pattern: '$B',
      has: {
        stopBy: 'end',
        pattern: '$C',
        has: { stopBy: 'end', pattern: '$D', has: { stopBy: 'end', pattern: 'zzz' } },
      },
    },
  },
};

describe('runChecks', () => {
  it('runs own rules and chosen shipped ones in every language, and no others', async (t) => {
    const root = await projectWith(t, {
      'a.ts': logs,
      'b.py': "def f(n):\n    db.execute('select * from t where n = ' + n)\n    eval(n)\n",
    });
    const sets = [
      logging(),
      { id: 'security/sql', appliesTo: [], rules: [{ uses: 'security/sql-from-string' }] },
    ];
    const report = await runChecks({ root, files: ['a.ts', 'b.py'], sets, wholeProject: false });
    assert.deepEqual(
      report.findings.map(({ set, rule, file, line, severity }) => [set, rule, file, line, severity]),
      [
        ['development/logging', 'development/logging/no-console-log', 'a.ts', 2, 'medium'],
        ['security/sql', 'security/typescript/sql-from-string', 'a.ts', 4, 'critical'],
        ['security/sql', 'security/python/sql-from-string', 'b.py', 2, 'critical'],
      ],
    );
    assert.deepEqual(
      [...report.filesChecked],
      [
        ['development/logging', 1],
        ['security/sql', 2],
      ],
    );
    assert.deepEqual(report.problems, []);
  });

  it('takes a secret and a rule about it for one finding only where the rule ships with Troupe', async (t) => {
    const password = ['hunter2', 'Zq9', 'correct'].join('-');
    const root = await projectWith(t, { 'a.ts': `export const password = '${password}';\n` });
    const own: OwnRule = {
      ...noConsole,
      id: 'hardcoded-password',
      rule: { kind: 'variable_declarator' },
    };
    // Their ids look like a shipped rule's, or have fewer parts.
    const sets = ['logging', 'development/logging', 'security/typescript'].map((id) => ({
      id,
      appliesTo: [],
      rules: [own, { uses: 'security/hardcoded-credential' }, { uses: 'security/secret-in-code' }],
    }));
    const { findings, problems } = await runChecks({ root, files: ['a.ts'], sets, wholeProject: false });
    assert.deepEqual(problems, []);
    assert.deepEqual(
      findings.flatMap(({ rule }) => (rule.endsWith('hardcoded-password') ? [rule] : [])).sort(),
      [
        'development/logging/hardcoded-password',
        'logging/hardcoded-password',
        'security/typescript/hardcoded-password',
      ],
    );
    const shipped = findings.filter(({ rule }) => !rule.endsWith('hardcoded-password'));
    assert.deepEqual(new Set(shipped.map(({ rule }) => rule)), new Set(['security/any/secret-in-code']));
  });

  it('keeps the rules of a set to the files of its globs', async (t) => {
    const root = await projectWith(t, { 'src/a.ts': logs, 'scripts/a.ts': logs });
    const sets = [logging({ appliesTo: ['src/**'] })];
    const files = ['src/a.ts', 'scripts/a.ts'];
    const { findings, filesChecked } = await runChecks({ root, files, sets, wholeProject: false });
    assert.deepEqual(
      findings.map(({ file }) => file),
      ['src/a.ts'],
    );
    assert.equal(filesChecked.get('development/logging'), 1);
  });

  it('reads the texts it is given in place of the disk', async (t) => {
    const root = await projectWith(t, { 'a.ts': logs });
    const texts = new Map([
      ['a.ts', '\n\n\nconsole.log(1);\n'],
      ['gone.ts', 'console.log(2);\n'],
    ]);
    const { findings } = await runChecks({
      root,
      files: ['a.ts', 'gone.ts'],
      texts,
      sets: [logging()],
      wholeProject: false,
    });
    assert.deepEqual(
      findings.map(({ file, line, quote }) => [file, line, quote]),
      [
        ['a.ts', 4, 'console.log(1);'],
        ['gone.ts', 1, 'console.log(2);'],
      ],
    );
  });

  it('leaves out what a comment excuses by the rule and a reason, and says so', async (t) => {
    const root = await projectWith(t, {
      'a.ts': '// troupe-ignore no-console-log: the CLI prints\nconsole.log(1);\n',
    });
    const { findings, suppressed } = await runChecks({
      root,
      files: ['a.ts'],
      sets: [logging()],
      wholeProject: false,
    });
    assert.deepEqual(findings, []);
    assert.deepEqual(suppressed, [
      {
        set: 'development/logging',
        file: 'a.ts',
        line: 2,
        rule: 'development/logging/no-console-log',
        severity: noConsole.severity,
        title: noConsole.message,
        remedy: '',
        quote: 'console.log(1);',
        reason: 'the CLI prints',
        commentLine: 1,
      },
    ]);
  });

  it('names each rule that cannot run, with its place, and runs the others', async (t) => {
    const root = await projectWith(t, { 'a.ts': logs });
    const bad = (id: string, changes: Partial<OwnRule>) => ({ ...noConsole, id, ...changes });
    const rules = [
      bad('no-such-kind', { rule: { kind: 'no_such_kind' } }),
      bad('ruby', { language: 'ruby' }),
      bad('no-language', { language: 'constructor' }),
      bad('too-big', { rule: { any: Array.from({ length: 2_000 }, (_, n) => ({ pattern: `f${n}()` })) } }),
      bad('too-deep', {
        rule: Array.from({ length: 500 }).reduce<object>((rule) => ({ not: rule }), {
          kind: 'identifier',
        }) as OwnRule['rule'],
      }),
      bad('too-wide', { rule: { kind: 'identifier', regex: '(a{1000}){1000}' } }),
      bad('circular', { rule: { matches: 'a' }, utils: { a: { matches: 'a' } } }),
      { uses: 'security/no-such-rule', line: 12 },
      { uses: 'nonsense' },
      { uses: 'architecture/import-cycle' },
      { uses: 'security/java/xxe' },
      noConsole,
    ];
    const { problems, findings } = await runChecks({
      root,
      files: ['a.ts'],
      sets: [logging({ rules })],
      wholeProject: false,
    });
    assert.equal(findings.length, 1);
    assert.deepEqual(
      problems.map(({ rule, code, line }) => [rule, code, line]),
      [
        ['no-such-kind', 'analyzers.bad_rule', 7],
        ['ruby', 'analyzers.unknown_language', 7],
        ['no-language', 'analyzers.unknown_language', 7],
        ['too-big', 'analyzers.bad_rule', 7],
        ['too-deep', 'analyzers.bad_rule', 7],
        ['too-wide', 'analyzers.bad_rule', 7],
        ['circular', 'analyzers.bad_rule', 7],
        ['security/no-such-rule', 'analyzers.unknown_rule', 12],
        ['nonsense', 'analyzers.unknown_rule', undefined],
        ['architecture/import-cycle', 'analyzers.needs_whole_project', undefined],
      ],
    );
    for (const { message } of problems) assert.ok(message.length < 300, message);
  });

  it('stops a rule that does not end, names it, and goes on without it', async (t) => {
    const nested =
      `f(${Array.from({ length: 300 }, (_, n) => `a${n}(b(c(d(${n}))))`).join(',\n')});\n`.repeat(20);
    const files = { 'a.py': 'eval(input())\n', 'a.ts': `${nested}console.log(1); // zzz\n`, 'b.ts': logs };
    const root = await projectWith(t, files);
    const sets = [
      logging({ rules: [endless, noConsole] }),
      { id: 'security/eval', appliesTo: [], rules: [{ uses: 'security/eval-of-input' }] },
    ];
    const { findings, problems, filesChecked } = await runChecks({
      root,
      files: Object.keys(files),
      sets,
      wholeProject: false,
      ruleTimeoutMs: 1_000,
    });
    assert.deepEqual(
      problems.map(({ rule, code }) => [rule, code]),
      [['endless', 'analyzers.rule_too_slow']],
    );
    assert.match(problems[0]!.message, /took longer than 1000 ms at a\.ts/);
    assert.deepEqual(
      findings.map(({ file }) => file),
      ['a.py', 'a.ts', 'b.ts'],
    );
    assert.deepEqual(
      [...filesChecked],
      [
        ['development/logging', 2],
        ['security/eval', 3],
      ],
      'those done before count as well',
    );
  });

  it('says the same in the same order, whichever of two threads is done first', async (t) => {
    const excused = 'troupe-ignore eval-of-input: ours';
    const idle = 'troupe-ignore weak-hash: a checksum';
    const quick = `eval(process.argv[2]); // ${excused}\nconst a = 1; // ${idle}\n`;
    const slow = `eval(input())  # ${excused}\na = 1  # ${idle}\n${'b = [1, 2, 3]\n'.repeat(100)}`;
    const names = Array.from({ length: 60 }, (_, n) => `f${n}.${n % 2 === 0 ? 'py' : 'ts'}`);
    const root = await projectWith(
      t,
      Object.fromEntries(names.map((name) => [name, name.endsWith('.py') ? slow : quick])),
    );
    const rules = [{ uses: 'security/eval-of-input' }, { uses: 'security/weak-hash' }];
    const sets = [{ id: 'security/eval', appliesTo: [], rules }];
    const report = await runChecks({ root, files: names, sets, wholeProject: false });
    assert.deepEqual(
      report.suppressed.map(({ file }) => file),
      names,
    );
    assert.deepEqual(
      report.idleComments.map(({ file }) => file),
      names,
    );
  });

  it('runs no regular expression of a rule in JavaScript, where it could backtrack without end', async (t) => {
    const root = await projectWith(t, { 'a.ts': `const x = '${'a'.repeat(4_000)}!';\n` });
    const rule = {
      any: [
        { kind: 'string', regex: '^(a+)+$' },
        { kind: 'identifier', regex: '(x+x+)+y' },
      ],
    };
    const { problems } = await runChecks({
      root,
      files: ['a.ts'],
      sets: [logging({ rules: [{ ...noConsole, rule }] })],
      wholeProject: false,
      ruleTimeoutMs: 2_000,
    });
    assert.deepEqual(problems, []);
  });

  it('sees circles of imports only where it is given the whole project', async (t) => {
    const root = await projectWith(t, { 'a.ts': "import './b.ts';\n", 'b.ts': "import './a.ts';\n" });
    const sets = [
      { id: 'architecture/modules', appliesTo: [], rules: [{ uses: 'architecture/import-cycle' }] },
    ];
    const { findings } = await runChecks({ root, files: ['a.ts', 'b.ts'], sets, wholeProject: true });
    assert.deepEqual(
      findings.map(({ set, rule }) => [set, rule]),
      [['architecture/modules', 'architecture/any/import-cycle']],
    );
  });
});
