import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { approve, bodyOf, draft, openProject, type TestProject } from '../testing.ts';

const mcp = { door: 'mcp' } as const;

const checked = (check: string, body = bodyOf()) => `---\ncheck:\n  - ${check}\n---\n\n${body}`;

const ownRule = (rule: string) =>
  `{ id: no-log, language: typescript, severity: low, message: Use the logger., ${rule} }`;

async function projectWith(t: TestContext, files: Record<string, string>): Promise<TestProject> {
  const project = await openProject(t);
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(project.root, file)), { recursive: true });
    await writeFile(path.join(project.root, file), text);
  }
  return project;
}

async function notesOf(project: TestProject, number = '1'): Promise<string[]> {
  return ((await project.call('inbox.show', { number })) as { notes: string[] }).notes;
}

describe('what a person is told of a proposal', () => {
  it('[A10] names the shipped standard that it would hide first, however unlike it is', async (t) => {
    const project = await projectWith(t, {
      'shipped/architecture/error-responses.md': '# Another subject\n\nWater the plants.\n',
      '.agent-os/standards/api/failures.md': bodyOf(),
    });
    const answer = await project.call('proposals.create', draft(), mcp);
    assert.deepEqual(answer['near_duplicates'], ['troupe:architecture/error-responses', 'api/failures']);
    assert.match(
      String(answer['message']),
      /Once approved, it hides troupe:architecture\/error-responses, which ships with Troupe\./,
    );
    assert.match(
      (await notesOf(project)).join('\n'),
      /^Near-duplicates: troupe:architecture\/error-responses \(0\.\d\d; ships with Troupe, hidden once this is approved\), api\/failures/m,
    );
    await approve(project);
    const { entries } = await project.library.list();
    assert.deepEqual(
      entries.map(({ id }) => id),
      ['api/failures', 'architecture/error-responses'],
    );
  });

  it('[A10] names a standard that checks by the same rule as near, however it says it', async (t) => {
    const other = (rule: string) => checked(`uses: ${rule}`, '# Another subject\n\nWater the plants.\n');
    const project = await projectWith(t, {
      'shipped/data/indexes.md': other('data/select-star'),
      'shipped/data/dates.md': other('data/random-order'),
      '.agent-os/standards/data/old.md': other('data/select-star').replace('---\n', '---\nstatus: retired\n'),
    });
    const content = checked('uses: data/typescript/select-star');
    const answer = await project.call('proposals.create', draft({ content }), mcp);
    assert.deepEqual(answer['near_duplicates'], ['data/indexes']);
  });

  it('[A10] says how many places its check flags, with the parts that a rule takes from `utils`', async (t) => {
    const project = await projectWith(t, {
      'src/a.ts': 'console.log(1);\nconsole.log(2);\n// troupe-ignore no-log: a script\nconsole.log(3);\n',
      'src/b.ts': 'console.log(4);\n',
    });
    const rule = ownRule("rule: { matches: log }, utils: { log: { pattern: 'console.log($A)' } }");
    await project.call('proposals.create', draft({ content: checked(rule) }), mcp);
    const notes = await notesOf(project);
    assert.ok(
      notes.includes(
        'Check: flagged 3 places of the project when it was proposed, counted as `troupe check` counts',
      ),
      notes.join('\n'),
    );
    assert.match(String((await project.call('inbox.show', { number: '1' }))['text']), /utils: \{ log: \{/);
  });

  it('refuses a check that cannot run, named with the reason, in a proposal and in an edit', async (t) => {
    const project = await projectWith(t, { 'src/a.ts': 'console.log(1);\n' });
    for (const [check, reason] of [
      [ownRule('rule: { matches: nowhere }'), /check no-log: .*`nowhere` is not defined/],
      [ownRule('rule: { pattern: "a" }, utils: { part: 5 }'), /check no-log: .*integer `5`/],
      [ownRule('rule: { pattern: "a" }, transform: {}'), /Unrecognized key: "transform"/],
      ['{ uses: security/made-up }', /check security\/made-up: .*made-up/],
    ] as const) {
      await assert.rejects(
        project.call('proposals.create', draft({ content: checked(check) }), mcp),
        { code: 'proposals.incomplete', message: reason },
        check,
      );
    }
    await project.call('proposals.create', draft(), mcp);
    const { text } = (await project.call('inbox.show', { number: '1' })) as { text: string };
    const edited = text.replace('\n---\n', `\ncheck:\n  - ${ownRule('rule: { matches: nowhere }')}\n---\n`);
    const input = { number: '1', revision: 1, text: edited, act: 'check' };
    await assert.rejects(project.call('inbox.edit', input), { code: 'proposals.incomplete' });
  });

  it('refuses a check that cannot run whatever files the project has', async (t) => {
    const project = await projectWith(t, {});
    const own = (rule: string, language = 'typescript') =>
      `{ id: a, language: ${language}, severity: low, message: m, rule: ${rule} }`;
    for (const [check, reason] of [
      [own('{ pattern: f }', 'klingon'), /klingon, which has no parser here/],
      [own('{ foo: bar }'), /unknown field `foo`/],
      [own("{ pattern: 'a(' }"), /the pattern a\( is not typescript code/],
      [own("{ pattern: 'a(' }", 'python'), /the pattern a\( is not python code/],
      [own("{ pattern: 'a(' }", 'go'), /the pattern a\( is not go code/],
      [own('{ kind: nosuchkind }'), /Kind `nosuchkind` is invalid/],
      ['{ uses: no/such }', /No shipped rule is called no\/such/],
    ] as const) {
      await assert.rejects(
        project.call('proposals.create', draft({ content: checked(check) }), mcp),
        { code: 'proposals.incomplete', message: reason },
        check,
      );
    }
    for (const pattern of ['<T>($A)', 'try { $$$ } catch ($E) { }', 'f($A, $$$)', '<a href={$X}>$$$</a>'])
      await project.desk.propose({
        ...{ domain: 'data', topic: `t${pattern.length}`, createdBy: 'ann' },
        text: checked(own(`{ pattern: '${pattern}' }`)),
      });
  });

  it('a check that was not run when it was proposed is run when the request is shown', async (t) => {
    const project = await projectWith(t, { 'src/a.ts': 'console.log(1);\n' });
    const content = checked(ownRule("rule: { pattern: 'console.log($A)' }"));
    const { tryCheck } = project.facts;
    project.facts.tryCheck = () => Promise.reject(new Error('no thread'));
    await project.call('proposals.create', draft({ content }), mcp);
    assert.match((await notesOf(project)).join('\n'), /^Check: it could not be tried \(/m);
    project.facts.tryCheck = tryCheck;
    assert.match((await notesOf(project)).join('\n'), /^Check: flags 1 place of the project now/m);
    project.facts.tryCheck = () =>
      Promise.resolve({ places: 0, problems: [{ check: 'no-log', reason: 'It is broken.' }] });
    assert.match((await notesOf(project)).join('\n'), /^Check: It is broken\.$/m);
  });

  it('an edit looks again: what it hides under a new name, and what its check flags', async (t) => {
    const project = await projectWith(t, {
      'shipped/data/dates.md': '# Dates\n\nStore instants.\n',
      'src/a.ts': 'console.log(1);\n',
    });
    await project.call('proposals.create', draft(), mcp);
    const { text } = (await project.call('inbox.show', { number: '1' })) as { text: string };
    const rule = ownRule("rule: { pattern: 'console.log($A)' }");
    const edited = text
      .replace('domain: architecture', 'domain: data')
      .replace('topic: error-responses', 'topic: dates')
      .replace('\n---\n', `\ncheck:\n  - ${rule}\n---\n`);
    await project.call('inbox.edit', { number: '1', revision: 1, text: edited, act: 'store' });
    const notes = (await notesOf(project)).join('\n');
    assert.match(notes, /^Near-duplicates: troupe:data\/dates \(/m);
    assert.match(notes, /^Check: flagged 1 place of the project/m);
  });

  it('counts the places of its evidence, and names ten of them', async (t) => {
    const project = await projectWith(t, {});
    const evidence = Array.from({ length: 12 }, (_, at) => `  - { file: src/a.ts, line: ${at + 1} }`);
    const content = `---\nevidence:\n${evidence.join('\n')}\n---\n\n${bodyOf()}`;
    await project.call('proposals.create', draft({ content }), mcp);
    const notes = (await notesOf(project)).join('\n');
    assert.match(notes, /^Evidence: 12 places: src\/a\.ts:1, .*src\/a\.ts:10 and 2 more$/m);
  });

  it('goes on without a fact that cannot be had, and says so', async (t) => {
    const project = await projectWith(t, { 'src/a.ts': 'console.log(1);\n' });
    project.facts.search = () => Promise.reject(new Error('no index'));
    project.facts.tryCheck = () => Promise.reject(new Error('no thread'));
    const content = checked(ownRule("rule: { pattern: 'console.log($A)' }"));
    await project.call('proposals.create', draft({ content }), mcp);
    assert.ok((await notesOf(project)).includes('Near-duplicates: could not be looked for'));
    assert.equal(project.problems.length, 2);
  });
});
