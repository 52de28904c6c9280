import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { hashOfStandard, withApproval } from '../document/approvable-text.ts';
import { checkDraft } from '../document/check-draft.ts';
import { lintStandards } from './lint-standards.ts';
import { listStandards } from './list-standards.ts';
import { openLibraryFixture, own, shipped, standardText } from './library-fixture.ts';
import { showStandard } from './show-standard.ts';
import { showTemplate } from './show-template.ts';

describe('listing standards', () => {
  it('[A14] says layer, approval, rule and how often each was found', async (t) => {
    const text = standardText('architecture/errors');
    const { call, uses, approve } = await openLibraryFixture(t, {
      [`${own}/architecture/errors.md`]: text,
      [`${own}/Bad Name.md`]: '# x',
      [`${shipped}/testing/waiting.md`]: standardText('testing/waiting', { createdBy: 'troupe' }),
    });
    approve('architecture/errors', text);
    uses.note(['architecture/errors']);
    uses.note(['architecture/errors']);
    const { standards, unusable } = await call(listStandards, {});
    assert.partialDeepStrictEqual(standards, [
      {
        id: 'architecture/errors',
        file: '.agent-os/standards/architecture/errors.md',
        layer: 'project',
        approval: 'approved',
        status: 'active',
        rule: 'Do errors as it is written here.',
        times_found: 2,
      },
      { id: 'testing/waiting', layer: 'universal', approval: 'shipped', times_found: 0, last_found_at: null },
    ]);
    assert.equal(unusable.length, 1);
    const ids = async (input: object) => (await call(listStandards, input)).standards.map(({ id }) => id);
    assert.deepEqual(await ids({ domain: 'testing' }), ['testing/waiting']);
    assert.deepEqual(await ids({ layer: 'project' }), ['architecture/errors']);
    assert.deepEqual(await ids({ domain: 'test' }), []);
  });

  it('shows both where an unapproved one has the name of a shipped one, each with its own checks', async (t) => {
    const checks = [{ uses: 'nobody/ships-this' }];
    const { call } = await openLibraryFixture(
      t,
      {
        [`${own}/testing/waiting.md`]: standardText('testing/waiting', { checks }),
        [`${shipped}/testing/waiting.md`]: standardText('testing/waiting', { createdBy: 'troupe' }),
      },
      { brokenChecks: { 'nobody/ships-this': 'no rule has that name' } },
    );
    const { standards } = await call(listStandards, { domain: 'testing' });
    assert.deepEqual(
      standards.map(({ id, approval }) => `${id} ${approval}`),
      ['testing/waiting unapproved', 'troupe:testing/waiting shipped'],
    );
    const errorsOf = async (standard: string) =>
      (await call(lintStandards, { standard })).problems.filter(({ severity }) => severity === 'error')
        .length;
    assert.deepEqual([await errorsOf('waiting'), await errorsOf('troupe:testing/waiting')], [1, 0]);
    const shown = await call(showStandard, { standard: 'troupe:testing/waiting' });
    assert.deepEqual([shown.id, shown.created_by], ['troupe:testing/waiting', 'troupe']);
  });

  it('[X9] shows the others beside one whose front matter is broken', async (t) => {
    const { call } = await openLibraryFixture(t, {
      [`${own}/a/good.md`]: standardText('a/good'),
      [`${own}/a/broken.md`]: '---\n[\n---\n',
    });
    const { standards, unusable } = await call(listStandards, {});
    assert.deepEqual(
      standards.map(({ id }) => id),
      ['a/good'],
    );
    assert.match(unusable[0]!.reason, /broken\.md:\d+: the front matter is not valid YAML/);
  });
});

describe('showing a standard', () => {
  it('gives its text, approval, and its evidence as it is now', async (t) => {
    const text = standardText('architecture/errors', {
      evidence: [
        { file: 'src/a.ts', line: 2, quote: 'fail( 500 )' },
        { file: 'src/a.ts', line: 9, quote: 'moved();\nhere();' },
        { file: 'src/a.ts', line: 1, quote: 'never' },
        { file: 'src/a.ts', line: 3 },
        { file: 'src/gone.ts', line: 1 },
        { file: '../outside.ts', line: 1, quote: 'x' },
      ],
    });
    const { call, approve, place } = await openLibraryFixture(t, {
      [`${own}/architecture/errors.md`]: text,
      'project/src/a.ts': 'one();\r\n  fail(  500 );\r\nmoved();\r\n\r\n  here();\r\n',
      'outside.ts': 'x',
    });
    approve('architecture/errors', text);
    await writeFile(place('architecture/errors'), text.replace('Text of Pattern', 'Other text'));
    const shown = await call(showStandard, { standard: 'errors' });
    assert.equal(shown.text, text.replace('Text of Pattern', 'Other text'));
    assert.equal(shown.approval, 'changed');
    assert.deepEqual(shown.problems, []);
    assert.deepEqual(
      shown.evidence.map(({ state, line_now: line }) => [state, line]),
      [
        ['there', 2],
        ['moved', 3],
        ['gone', null],
        ['there', 3],
        ['file-gone', null],
        ['unreadable', null],
      ],
    );
    assert.deepEqual(shown.front_matter['tags'], ['architecture']);
  });

  it('names what was meant, and says why a file cannot be shown', async (t) => {
    const { call } = await openLibraryFixture(t, {
      [`${own}/architecture/errors.md`]: standardText('architecture/errors'),
      [`${own}/architecture/con.md`]: '# x',
    });
    await assert.rejects(call(showStandard, { standard: 'erors' }), {
      code: 'standards.unknown',
      remedy: /Did you mean architecture\/errors/,
    });
    await assert.rejects(call(showStandard, { standard: 'architecture/con' }), {
      code: 'standards.unusable',
    });
    await assert.rejects(call(showStandard, { standard: '../../../etc/passwd' }), {
      code: 'standards.unknown',
    });
  });
});

describe('linting standards', () => {
  it('[A10] reports every problem of the project with file and line, and fails for errors only', async (t) => {
    const rule = (id: string) => ({
      id,
      language: 'typescript',
      severity: 'low' as const,
      message: 'm',
      rule: { pattern: 'x' },
    });
    const { call } = await openLibraryFixture(
      t,
      {
        [`${own}/a/checks.md`]: standardText('a/checks', {
          checks: [rule('good'), rule('good'), { uses: 'nobody/ships-this' }],
        }),
        [`${own}/a/empty.md`]: '',
        [`${own}/a/fine.md`]: standardText('a/fine'),
        [`${own}/a/broken.md`]: '---\na: b\n: [\n---\n',
        [`${own}/flat.md`]: '# flat',
        [`${shipped}/b/poor.md`]: '# Poor',
      },
      { brokenChecks: { 'nobody/ships-this': 'no rule has that name' } },
    );
    const { ok, checked, problems } = await call(lintStandards, {});
    assert.deepEqual({ ok, checked }, { ok: false, checked: 4 });
    const of = (file: string) => problems.filter((problem) => problem.file === `.agent-os/standards/${file}`);
    assert.deepEqual(
      of('a/checks.md').map(({ line, message }) => [line, message]),
      [
        [10, 'The check good is there 2 times.'],
        [11, 'no rule has that name'],
      ],
    );
    assert.equal(of('a/empty.md').filter(({ severity }) => severity === 'error').length, 7);
    assert.deepEqual(of('a/fine.md'), []);
    assert.match(of('a/broken.md')[0]!.message, /^the front matter is not valid YAML/);
    assert.equal(of('a/broken.md')[0]!.line! >= 2, true);
    assert.equal(of('flat.md').length, 1);
    assert.deepEqual(await call(lintStandards, { standard: 'a/fine' }), {
      ok: true,
      checked: 1,
      problems: [],
    });
    assert.equal((await call(lintStandards, { standard: 'b/poor' })).ok, false);
  });

  it('[A10] warns of globs that lead out or match nothing, and of approvals that nobody gave, with the line', async (t) => {
    const globs = [
      '../**/*.ts',
      '{src,../lib}/**',
      'C:/shop/**',
      '~/shop/**',
      'lib/**',
      '/src/*.ts',
      '*.png',
    ];
    const list = ['applies_to:', ...globs.map((glob) => `  - '${glob}'`)].join('\n');
    const globbed = standardText('a/globs').replace('\n---\n', `\n${list}\n---\n`);
    const claimed = (id: string, hash: string) =>
      standardText(id).replace('\n---\n', `\napproved_by: ann\napproved_hash: ${hash}\n---\n`);
    const { call, approve } = await openLibraryFixture(t, {
      'project/src/a.ts': '',
      'project/logo.png': Buffer.from([0, 1, 2]),
      [`${own}/a/globs.md`]: globbed,
      [`${own}/a/claimed.md`]: claimed('a/claimed', 'c'.repeat(64)),
      [`${own}/a/other.md`]: claimed('a/other', 'c'.repeat(64)),
      [`${own}/a/later.md`]: claimed('a/later', hashOfStandard(standardText('a/later', { title: 'Before' }))),
      [`${own}/a/good.md`]: claimed('a/good', hashOfStandard(standardText('a/good'))),
      [`${shipped}/b/shipped.md`]: standardText('b/shipped', { appliesTo: ['nothing/**'] }),
    });
    approve('a/other', standardText('a/other'));
    approve('a/later', standardText('a/later', { title: 'Before' }));
    approve('a/good', standardText('a/good'));
    const { ok, problems } = await call(lintStandards, {});
    const of = (topic: string) =>
      problems
        .filter(({ file }) => file.endsWith(`/${topic}.md`))
        .map(({ line, message }) => `${line} ${message.replace(/,? (?:where|read from).*/, '')}`);
    assert.ok(ok, JSON.stringify(problems));
    const first = globbed.split('\n').indexOf('applies_to:') + 2;
    assert.deepEqual(of('globs'), [
      `${first} "applies_to": ../**/*.ts leads out of the project`,
      `${first + 1} "applies_to": {src,../lib}/** leads out of the project`,
      `${first + 2} "applies_to": C:/shop/** leads out of the project`,
      `${first + 3} "applies_to": ~/shop/** leads out of the project`,
      `${first + 4} "applies_to": no file of the project matches lib/**`,
    ]);
    const line = (topic: string, key: string) =>
      claimed(`a/${topic}`, '')
        .split('\n')
        .findIndex((one) => one.startsWith(key)) + 1;
    assert.deepEqual(of('claimed'), [
      `${line('claimed', 'approved_by')} "approved_by", "approved_hash" are claims: nobody has approved it on this machine; "troupe standards adopt" shows it`,
    ]);
    assert.deepEqual(of('other'), [
      `${line('other', 'approved_hash')} "approved_hash" is that of no text whose approval stands on this machine`,
    ]);
    assert.deepEqual(of('later'), [
      `${line('later', 'approved_by')} it was changed after the approval that "approved_by" tells of`,
    ]);
    assert.deepEqual([of('good'), of('shipped')], [[], []]);
    assert.deepEqual((await call(lintStandards, { standard: 'b/shipped' })).problems, []);
  });

  it('warns of a replacement that is not there', async (t) => {
    const text = standardText('a/old').replace('---\n', '---\nstatus: retired\nreplaced_by: a/new\n');
    const { call } = await openLibraryFixture(t, { [`${own}/a/old.md`]: text });
    const { ok, problems } = await call(lintStandards, {});
    assert.equal(ok, true);
    assert.deepEqual(problems, [
      {
        file: '.agent-os/standards/a/old.md',
        line: 3,
        severity: 'warning',
        message: '"replaced_by" names a/new, which is not a standard here',
      },
    ]);
  });
});

describe('the template of a standard', () => {
  it('[A10] lacks only the words of a person, and says where it belongs', async (t) => {
    const { call } = await openLibraryFixture(t, {});
    const given = { domain: 'architecture', topic: 'error-responses' };
    const { file, text } = await call(showTemplate, { ...given, title: 'Errors: how' });
    assert.equal(file, '.agent-os/standards/architecture/error-responses.md');
    assert.match(text, /^# Errors: how$/m);
    assert.match((await call(showTemplate, given)).text, /^# Error responses$/m);
    const titled = await call(showTemplate, { title: 'Errors: how' });
    assert.equal(titled.file, '.agent-os/standards/architecture/errors-how.md');
    const problems = await checkDraft(text, given);
    assert.ok(problems.every(({ message }) => message.includes("is the template's")));
    assert.deepEqual(
      await checkDraft(withApproval(text, { approvedBy: 'a', approvedAt: 'b' }), given).then((all) =>
        all.map(({ severity }) => severity).filter((severity) => severity === 'warning'),
      ),
      ['warning'],
    );
  });

  it('[X9] has no place outside the folder, under a device name, or under a name without end', async (t) => {
    const { call } = await openLibraryFixture(t, {});
    const long = 'x'.repeat(300);
    for (const name of [
      '..',
      '../x',
      '/etc',
      'C:\\x',
      'con',
      'NUL',
      'a b',
      'ü',
      long,
      'a/b',
      '.',
      'x.md',
      '-a',
    ]) {
      const refused = { code: 'standards.bad_name', category: 'invalid' };
      await assert.rejects(call(showTemplate, { domain: name, topic: 'ok' }), refused, name);
      await assert.rejects(call(showTemplate, { domain: 'ok', topic: name }), refused, name);
    }
    await assert.rejects(call(showTemplate, { domain: 'Error Handling', topic: 'ok' }), {
      message: /such as error-handling/,
    });
  });
});
