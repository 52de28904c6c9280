import assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { checkedProject, loggingRule, standardText } from '../check-fixture.ts';
import type { CheckOutput } from '../contract/index.ts';

const logging = standardText(
  'Logging',
  ['applies_to: ["src/**"]', ...loggingRule],
  'Write to the logger.',
  '- console.log in code that ships.',
);
const code = 'export const a = 1;\nconsole.log(a);\n';
const ownQueryRule = [
  '  - id: query',
  '    language: typescript',
  '    severity: high',
  '    message: Bind values.',
  '    rule: { pattern: $DB.query($$$A) }',
];
const places = ({ findings }: CheckOutput) => findings.map(({ file, line }) => `${file}:${line}`);

describe('[X8] code is checked against the standards', () => {
  it('names file, line, standard, section, quote, message, severity and rule', async (t) => {
    const { check } = await checkedProject(t, {
      files: { 'src/a.ts': code, 'tools/a.ts': code },
      standards: { 'development/logging': logging },
    });
    const { findings, checked, not_checked, message } = await check({ paths: ['src', 'tools'] });
    assert.deepEqual(findings, [
      {
        file: 'src/a.ts',
        line: 2,
        severity: 'medium',
        standard: 'development/logging',
        section: 'Anti-patterns',
        rule: 'development/logging/no-console-log',
        message: 'Log through the logger.',
        quote: 'console.log(a);',
      },
    ]);
    assert.deepEqual(checked, ['development/logging']);
    assert.deepEqual(not_checked, []);
    assert.equal(
      message,
      '1 place in 1 file departs from the standards: 2 files looked at, 1 standard checked, 0 not checked.',
    );
  });

  it('leaves out the files that a glob with a ! before it names', async (t) => {
    const scoped = standardText(
      'Logging',
      ["applies_to: ['src/**/*.ts', '!src/gen/**']", ...loggingRule],
      'Write to the logger.',
      '- console.log in code that ships.',
    );
    const { check } = await checkedProject(t, {
      files: { 'src/a.ts': code, 'src/gen/g.ts': code, 'tools/a.ts': code },
      standards: { 'development/logging': scoped },
    });
    assert.deepEqual(places(await check()), ['src/a.ts:2']);
  });

  it('looks only at lines that a diff adds, in files that are as the diff finds or leaves them', async (t) => {
    const { check, write, git } = await checkedProject(t, {
      files: { 'src/a.ts': code, 'src/b.ts': code, 'src/c.ts': code },
      standards: { 'development/logging': logging },
    });
    await write({
      'src/a.ts': `${code}console.log('new');\n`,
      'src/b.ts': `${code}export const b = 2;\n`,
      'src/c.ts': `${code}// diff\n`,
    });
    const diff = git('diff');
    await write({ 'src/c.ts': `// moved\n${code}` });
    const output = await check({ diff });
    assert.deepEqual(places(output), ['src/a.ts:3']);
    assert.deepEqual(output.skipped, [
      { file: 'src/c.ts', reason: 'neither as the diff finds it nor as it leaves it, line 3' },
    ]);
    assert.deepEqual(places(await check({ diff, paths: ['src/b.ts'] })), []);
    await assert.rejects(check({ diff: 'no diff at all' }), { code: 'checks.no_diff' });
    await assert.rejects(check({ diff, staged: true }), { code: 'checks.one_source' });
  });

  it('checks what is staged, not what lies in the work tree', async (t) => {
    const { check, write, git } = await checkedProject(t, {
      files: { 'src/a.ts': code },
      standards: { 'development/logging': logging },
    });
    await write({ 'src/a.ts': `${code}\nconsole.log('staged');\n`, 'src/new.ts': 'console.log(1);\n' });
    git('add', '-A');
    await write({
      'src/a.ts': 'export {};\n',
      'src/new.ts': 'export {};\n',
      'src/later.ts': 'console.log(2);\n',
    });
    const output = await check({ staged: true });
    assert.deepEqual(places(output), ['src/a.ts:4', 'src/new.ts:1']);
    assert.match(output.message, /^2 places in 2 files depart from .*: 2 staged files looked at,/);
    git('reset', '-q');
    const nothing = await check({ staged: true });
    assert.deepEqual(
      [places(nothing), nothing.message],
      [[], 'There was nothing to check: no staged files.'],
    );
  });

  it('checks by a shipped standard until a person approved the one of its name', async (t) => {
    const id = 'security/injection';
    const stub = standardText('Injection', []);
    const { check, write, git, approve } = await checkedProject(t, {
      files: {},
      standards: { [id]: stub },
      shipped: {
        [id]: standardText('Injection', ['check:', '  - uses: security/sql-from-string', ...ownQueryRule]),
      },
      approved: {},
    });
    await write({
      'src/users.ts': 'export const find = (db, id) => db.query(`SELECT * FROM users WHERE id = ${id}`);\n',
    });
    git('add', '-A');
    const found = async (standards?: string[]) => {
      const { findings, not_checked } = await check({ staged: true, ...(standards && { standards }) });
      return [findings.map((one) => one.standard), not_checked.flatMap((one) => one.standards)];
    };
    const byShipped = [[`troupe:${id}`, `troupe:${id}`], [id]];
    assert.deepEqual(await found(), byShipped, 'unapproved');
    assert.deepEqual(await found([id]), byShipped, 'named');
    approve(id, 'another text');
    assert.deepEqual(await found(), byShipped, 'changed');
    approve(id, stub);
    assert.deepEqual(await found(), [[], [id]], 'approved');
    const retired = stub.replace('tags:', 'status: retired\ntags:');
    approve(id, retired);
    await write({ [`.agent-os/standards/${id}.md`]: retired });
    assert.deepEqual(await found(), [byShipped[0], []], 'retired');
  });

  it('checks what changed since a revision, and new files whole, through no link', async (t) => {
    const { base, check, root, write } = await checkedProject(t, {
      files: { 'src/a.ts': code },
      standards: { 'development/logging': logging },
    });
    await write({ 'src/a.ts': `console.log('first');\n${code}`, 'src/new.ts': code });
    await symlink(path.join(base, 'home', '.gitconfig'), path.join(root, 'src', 'out.ts'));
    const output = await check({ base: 'HEAD' });
    assert.deepEqual(places(output), ['src/a.ts:1', 'src/new.ts:2']);
    assert.deepEqual(
      output.skipped.map(({ file }) => file),
      ['src/out.ts'],
    );
    await assert.rejects(check({ base: 'no-such-branch' }), { code: 'git.unknown_revision' });
  });

  it('never enforces what nobody approved, or what was changed since, and names it', async (t) => {
    const shipped = standardText('Shipped', ['check:', '  - uses: security/sql-from-string']);
    const { check } = await checkedProject(t, {
      files: { 'src/a.ts': code },
      standards: {
        'development/logging': logging,
        'development/logs': logging,
        'development/python': standardText('P', ['applies_to: ["*.py"]']),
      },
      approved: { 'development/logs': `${logging}\nOlder.\n` },
      shipped: { 'security/sql': shipped },
    });
    const { findings, checked, not_checked } = await check();
    assert.deepEqual(findings, []);
    assert.deepEqual(checked, ['security/sql']);
    assert.deepEqual(
      not_checked.flatMap(({ standards }) => standards),
      ['development/logging', 'development/logs'],
    );
    assert.match(not_checked[0]!.reason, /^nobody has approved it/);
    assert.match(not_checked[1]!.reason, /^it was changed after it was approved/);
  });

  it('says of each standard that applies why it was not checked', async (t) => {
    const broken = loggingRule.map((line) =>
      line.replace('{ pattern: console.log($$$A) }', '{ kind: nothing }'),
    );
    const { check } = await checkedProject(t, {
      files: { 'src/a.ts': code, 'src/a.rb': 'puts 1' },
      standards: {
        'a/no-rule': standardText('No rule', []),
        'a/broken-rule': standardText('Broken', broken),
        'a/broken-check': standardText('Broken check', ['check: [{ id: x }]']),
        'a/broken-globs': standardText('Broken globs', ['applies_to: [7]', ...loggingRule]),
        'a/other-language': standardText('Other', ['check:', '  - uses: security/java/xxe']),
        'a/unknown-rule': standardText('Unknown', ['check:', '  - uses: security/nothing']),
        'a/retired': standardText('Retired', ['status: retired', ...loggingRule]),
        'a/not-yaml': '---\n{ [\n---\n# X\n',
      },
    });
    const { checked, findings, not_checked } = await check();
    assert.deepEqual([findings, checked], [[], []]);
    const said = new Map(
      not_checked.flatMap(({ standards, reason }) => standards.map((standard) => [standard, reason])),
    );
    assert.match(said.get('a/no-rule')!, /^no rule can check it, and nobody can read it here/);
    assert.match(said.get('a/broken-rule')!, /^line 4: The rule a\/broken-rule\/no-console-log cannot run/);
    assert.match(said.get('a/broken-check')!, /"check\.0/);
    assert.match(said.get('a/broken-globs')!, /"applies_to\.0"/);
    assert.match(said.get('a/other-language')!, /^its rules read none of these files, and nobody/);
    assert.match(said.get('a/unknown-rule')!, /^line 4: No shipped rule is called security\/nothing/);
    assert.match(said.get('.agent-os/standards/a/not-yaml.md') ?? said.get('a/not-yaml')!, /YAML/);
    assert.equal(said.size, 7);
  });

  it('is no pass where the only file that was named cannot be looked at', async (t) => {
    const { check } = await checkedProject(t, {
      files: { 'src/a.ts': code, 'src/all.js': 'a();\0' },
      standards: { 'development/logging': logging },
    });
    const { incomplete, message } = await check({ paths: ['src/all.js'] });
    assert.deepEqual([incomplete, message], [true, 'Nothing was checked: all there is was skipped.']);
    assert.equal((await check({ paths: ['src/a.ts', 'src/all.js'] })).incomplete, false);
  });

  it('checks only the standards that are named', async (t) => {
    const { check } = await checkedProject(t, {
      files: { 'src/a.ts': code },
      standards: { 'development/logging': logging, 'a/other': standardText('Other', []) },
    });
    const output = await check({ standards: ['logging'] });
    assert.equal(output.findings.length, 1);
    assert.deepEqual(output.not_checked, []);
    await assert.rejects(check({ standards: ['nothing'] }), { code: 'standards.unknown' });
  });

  it('pages its findings, and masks secrets in their quotes', async (t) => {
    const token = ['gh', 'p_wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('');
    const { check } = await checkedProject(t, {
      files: { 'src/a.ts': `console.log(1);\nconsole.log('${token}');\nconsole.log(3);\n` },
      standards: { 'development/logging': logging },
    });
    const first = await check({ limit: 2 });
    assert.deepEqual([places(first), first.total], [['src/a.ts:1', 'src/a.ts:2'], 3]);
    assert.ok(!JSON.stringify(first).includes(token));
    const second = await check({ limit: 2, after: 2 });
    assert.match(first.message, /next page begins with after: 2/);
    assert.deepEqual(places(second), ['src/a.ts:3']);
    assert.doesNotMatch(second.message, /next page/);
  });

  it('counts a line once that departs from several standards, and has an entry for each, the worst first', async (t) => {
    const second = logging.replace('severity: medium', 'severity: high');
    const { check } = await checkedProject(t, {
      files: { 'src/a.ts': `${code}console.log(1);\n`, 'src/b.ts': 'export {};\n' },
      standards: { 'development/logging': logging, 'operations/logs': second },
    });
    const { findings, total, message } = await check({ paths: ['src'] });
    assert.deepEqual(
      findings.map(({ line, standard }) => `${line} ${standard}`),
      ['2 operations/logs', '2 development/logging', '3 operations/logs', '3 development/logging'],
    );
    assert.equal(total, 4);
    assert.match(
      message,
      /^2 places in 1 file depart from the standards: 2 files looked at, 2 standards checked/,
    );
  });

  it('says in plain words that nothing departs, was checked, or could be read', async (t) => {
    const { check } = await checkedProject(t, {
      files: { 'src/a.ts': 'export {};\n', 'b/a.ts': `a\0b` },
      standards: { 'development/logging': logging },
    });
    const said = async (paths: string[]) => (await check({ paths })).message;
    assert.equal(
      await said(['src']),
      'Nothing departs from the standards: 1 file looked at, 1 standard checked, 0 not checked.',
    );
    assert.equal(await said(['b']), 'Nothing was checked: all there is was skipped.');
    const none = await checkedProject(t, { files: { 'a.ts': 'export {};\n' } });
    const { message } = await none.check({ paths: ['a.ts'] });
    assert.equal(message, 'No standard was checked: 1 file looked at, 0 standards checked, 0 not checked.');
  });

  it('names only what was left out and a standard could apply to', async (t) => {
    const texts = standardText('Texts', ['applies_to: ["docs/**/*.md"]']);
    const { check, write, git } = await checkedProject(t, {
      files: { 'src/a.ts': code },
      standards: { 'a/texts': texts },
      settings: { maxFileBytes: 100 },
    });
    await write({
      '.agent-os/.gitignore': 'troupe.db*\n',
      '.gitignore': 'out/\n',
      'logo.png': '\0',
      'data.json': '1'.repeat(200),
      'out/a.ts': code,
      'out/b.txt': 'b\n',
      'docs/long.md': 'long\n'.repeat(40),
      'src/large.ts': 'large();\n'.repeat(40),
      'src/odd.ts': '\0',
    });
    git('add', '-A', '-f');
    const { skipped } = await check({ staged: true });
    assert.deepEqual(skipped.map(({ file }) => file).toSorted(), [
      'docs/long.md',
      'out/a.ts',
      'src/large.ts',
      'src/odd.ts',
    ]);
    const named = await check({ staged: true, paths: ['logo.png'] });
    assert.deepEqual(named.skipped, [{ file: 'logo.png', reason: 'binary' }]);
  });

  it('lists what a comment leaves out', async (t) => {
    const excused = '// troupe-ignore no-console-log: a script\nconsole.log(1);\n';
    const { check } = await checkedProject(t, {
      files: { 'src/a.ts': excused },
      standards: { 'development/logging': logging },
    });
    const { findings, skipped, left_out: leftOut, message } = await check();
    assert.deepEqual([findings, skipped], [[], []]);
    assert.deepEqual(leftOut, [
      {
        file: 'src/a.ts',
        line: 2,
        severity: 'medium',
        standard: 'development/logging',
        section: 'Anti-patterns',
        rule: 'development/logging/no-console-log',
        message: 'Log through the logger.',
        quote: 'console.log(1);',
        reason: 'a script',
      },
    ]);
    assert.match(message, /1 standard checked, 0 not checked, 1 place left out by comments\.$/);
  });

  it('[X9] says of a comment that leaves nothing out why it does not', async (t) => {
    const code = [
      '// troupe-ignore no-console-log',
      'console.log(1);',
      '// troupe-ignore no-consol: a script',
      'run();',
      '// troupe-ignore development/logging/no-console-log: a script',
      'run();',
    ].join('\n');
    const { check } = await checkedProject(t, {
      files: { 'src/a.ts': code },
      standards: { 'development/logging': logging },
    });
    const { findings, skipped } = await check();
    assert.deepEqual(
      findings.map(({ line }) => line),
      [2],
    );
    assert.deepEqual(
      skipped.map(({ file, reason }) => `${file} ${reason}`),
      [
        'src/a.ts:1 a troupe-ignore comment gives no reason for no-console-log: it leaves nothing out',
        'src/a.ts:3 a troupe-ignore comment names no-consol, which is neither a rule of Troupe nor of the standards checked: it leaves nothing out',
        'src/a.ts:5 a troupe-ignore comment names development/logging/no-console-log, which finds nothing there: it leaves nothing out',
      ],
    );
  });

  it('says what lies outside, is ignored, or is not there', async (t) => {
    const { check } = await checkedProject(t, {
      files: { 'src/a.ts': code, '.gitignore': 'out/\n', 'out/a.ts': code },
    });
    assert.deepEqual((await check({ paths: ['out/a.ts', 'src'] })).skipped, [
      { file: 'out/a.ts', reason: 'ignored' },
    ]);
    await assert.rejects(check({ paths: ['../x'] }), { code: 'files.outside_project' });
    await assert.rejects(check({ paths: ['gone.ts'] }), { code: 'files.not_found' });
  });
});
