import assert from 'node:assert/strict';
import { readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { invoke } from '../../../kernel/index.ts';
import { growTree, temporaryTree } from '../../../platform/files/testing.ts';
import { hashOfStandard, openStandardsLibrary } from '../../standards/index.ts';
import type { ExportOutput } from '../contract/index.ts';
import { exportStandards } from './export-standards.ts';

const errors = `---
tags: [api, errors]
applies_to: ['src/**/*.ts']
---
# Error responses

Report every failure in one shape.

## Context
Why.
## Pattern
1. One format.
   Built in one place.
   - 400 malformed
2. Codes are stable.
## Examples
None.
## Anti-patterns
- 200 with an error inside.
## When to revisit
Never.
`;
const waiting = errors.replace('# Error responses', '# Waiting').replace("applies_to: ['src/**/*.ts']\n", '');

async function project(
  t: TestContext,
  standards: Record<string, string>,
  given: { approved?: string[]; shipped?: Record<string, string> } = {},
) {
  const base = await temporaryTree(t, { 'project/.git/HEAD': '', 'shipped/.keep': '' });
  const root = path.join(base, 'project');
  const write = (tree: Record<string, string>) => growTree(root, tree);
  const put = (folder: string, texts: Record<string, string>) =>
    Object.fromEntries(Object.entries(texts).map(([id, text]) => [`${folder}/${id}.md`, text]));
  await write(put('.agent-os/standards', standards));
  await growTree(base, put('shipped', given.shipped ?? {}));
  const approved = new Map(
    Object.entries(standards)
      .filter(([id]) => given.approved?.includes(id) ?? true)
      .map(([id, text]) => [id, new Set([hashOfStandard(text)])]),
  );
  const library = openStandardsLibrary({
    root,
    universalFolder: path.join(base, 'shipped'),
    approvals: { hashesApproved: () => Promise.resolve(approved) },
    limits: { maxDocumentBytes: 1_000_000, maxFiles: 100 },
  });
  const run = (target: string, more: object = {}): Promise<ExportOutput> =>
    invoke(
      exportStandards,
      { target, ...more },
      { deps: { exports: { library, root } }, call: { door: 'cli', caller: 'test' } },
    );
  const read = (file: string) => readFile(path.join(root, file), 'utf8');
  return { base, root, run, read, write, approved };
}

const done = ({ files }: ExportOutput) => files.map(({ path: file, action }) => `${action} ${file}`);

describe('[X7] troupe export', () => {
  it('writes a rule for each approved standard where the program looks; a second run changes nothing', async (t) => {
    const { run, read, root } = await project(t, {
      'architecture/error-responses': errors,
      'testing/waiting': waiting,
    });
    const first = await run('all');
    assert.deepEqual(done(first), [
      'create .cursor/rules/troupe.architecture.error-responses.mdc',
      'create .cursor/rules/troupe.testing.waiting.mdc',
      'create .claude/rules/troupe.architecture.error-responses.md',
      'create .claude/rules/troupe.testing.waiting.md',
      'create .github/instructions/troupe.architecture.error-responses.instructions.md',
      'create .github/instructions/troupe.testing.waiting.instructions.md',
      'create AGENTS.md',
    ]);
    assert.equal(first.in_step, false);
    const rule = await read('.cursor/rules/troupe.architecture.error-responses.mdc');
    assert.equal(rule, first.files[0]!.content);
    assert.match(rule, /^globs: src\/\*\*\/\*\.ts$/m);
    assert.match(rule, /^- One format\. Built in one place\.$/m);
    assert.doesNotMatch(rule, /400 malformed/);
    assert.match(rule, /^The whole standard: `\.agent-os\/standards\/architecture\/error-responses\.md`/m);
    const before = await readdir(root, { recursive: true });
    const second = await run('all');
    assert.equal(second.in_step, true);
    assert.ok(second.files.every(({ action, content }) => action === 'keep' && content === null));
    assert.deepEqual(await readdir(root, { recursive: true }), before);
  });

  it('shows everything before it is written, and in a dry run writes nothing', async (t) => {
    const { run, root } = await project(t, { 'architecture/error-responses': errors });
    const shown = await run('all', { dry_run: true });
    assert.ok(shown.files.every(({ action, content }) => action === 'create' && content !== null));
    assert.equal(shown.in_step, false);
    assert.deepEqual((await readdir(root)).sort(), ['.agent-os', '.git']);
  });

  it('exports nothing that nobody approved, and says why', async (t) => {
    const { run } = await project(
      t,
      { 'a/one': errors, 'a/two': waiting },
      { approved: ['a/two'], shipped: { 'a/three': errors } },
    );
    const { files, left_out } = await run('cursor');
    assert.deepEqual(
      files.map((file) => file.path),
      ['.cursor/rules/troupe.a.two.mdc'],
    );
    assert.deepEqual(
      left_out.map(({ standard }) => standard),
      ['a/one'],
    );
    const all = await run('cursor', { universal: true });
    assert.ok(done(all).includes('create .cursor/rules/troupe.a.three.mdc'));
    assert.match(
      all.files.find((file) => file.path.includes('three'))!.content!,
      /`troupe standards show a\/three`/,
    );
  });

  it('never overwrites a file that was edited or is not its own, names it, and writes the others', async (t) => {
    const { run, read, write, approved } = await project(t, {
      'a/one': errors,
      'a/two': waiting,
      'a/three': waiting,
    });
    await run('claude');
    const one = '.claude/rules/troupe.a.one.md';
    const mine = (await read(one)).replace('One format.', 'One format, mine.');
    await write({
      [one]: mine,
      '.claude/rules/troupe.a.two.md': '# By hand\n',
      '.claude/rules/other.md': '# Other\n',
    });
    const changed = waiting.replace('Report every failure in one shape.', 'Wait on signals.');
    await write({ '.agent-os/standards/a/three.md': changed });
    approved.set('a/three', new Set([hashOfStandard(changed)]));
    const output = await run('claude');
    assert.deepEqual(done(output), [
      `conflict ${one}`,
      'update .claude/rules/troupe.a.three.md',
      'conflict .claude/rules/troupe.a.two.md',
    ]);
    assert.match(output.files[0]!.reason!, /edited by hand/);
    assert.match(output.files[2]!.reason!, /did not make it/);
    assert.equal(await read(one), mine);
    assert.equal(await read('.claude/rules/troupe.a.two.md'), '# By hand\n');
    assert.match(await read('.claude/rules/troupe.a.three.md'), /Wait on signals/);
  });

  it('removes the export of a standard that is retired or gone, unless it was edited', async (t) => {
    const { run, read, root, approved } = await project(t, {
      'a/one': errors,
      'a/two': waiting,
      'a/three': waiting,
    });
    await run('cursor');
    const edited = `${await read('.cursor/rules/troupe.a.two.mdc')}\nMine.\n`;
    await writeFile(path.join(root, '.cursor/rules/troupe.a.two.mdc'), edited);
    await rm(path.join(root, '.agent-os/standards/a/two.md'));
    const retired = errors.replace('tags:', 'status: retired\ntags:');
    await writeFile(path.join(root, '.agent-os/standards/a/one.md'), retired);
    approved.set('a/one', new Set([hashOfStandard(retired)]));
    const output = await run('cursor');
    assert.deepEqual(done(output), [
      'remove .cursor/rules/troupe.a.one.mdc',
      'keep .cursor/rules/troupe.a.three.mdc',
      'conflict .cursor/rules/troupe.a.two.mdc',
    ]);
    assert.equal(output.files[0]!.reason, 'it is retired');
    assert.deepEqual((await readdir(path.join(root, '.cursor/rules'))).sort(), [
      'troupe.a.three.mdc',
      'troupe.a.two.mdc',
    ]);
  });

  it('keeps what people wrote around the region of AGENTS.md byte for byte, and takes the region away again', async (t) => {
    const { run, read, root, write, approved } = await project(t, { 'a/one': errors });
    const mine = '\uFEFF# My project\r\n\r\nRun the tests.\r\n';
    await write({ 'AGENTS.md': mine });
    await run('agents-md');
    const text = await read('AGENTS.md');
    assert.ok(text.startsWith(`${mine}\r\n<!-- troupe:standards begin`));
    assert.doesNotMatch(text.replaceAll('\r\n', ''), /\n/);
    const moved = `${text}\r\nAfter.\r\n`;
    await write({ 'AGENTS.md': moved });
    assert.deepEqual(done(await run('agents-md')), ['keep AGENTS.md']);
    const edited = moved.replace('One format', 'My format');
    await write({ 'AGENTS.md': edited });
    assert.deepEqual(done(await run('agents-md')), ['conflict AGENTS.md']);
    assert.equal(await read('AGENTS.md'), edited);
    await write({ 'AGENTS.md': text });
    approved.clear();
    assert.deepEqual(done(await run('agents-md')), ['remove AGENTS.md']);
    assert.equal(await read('AGENTS.md'), mine);
    await rm(path.join(root, 'AGENTS.md'));
    assert.deepEqual(done(await run('agents-md')), []);
  });

  it('keeps the line ends that git gave a file', async (t) => {
    const { run, read, write, approved } = await project(t, { 'a/one': errors });
    await run('cursor');
    const file = '.cursor/rules/troupe.a.one.mdc';
    await write({ [file]: (await read(file)).replaceAll('\n', '\r\n') });
    assert.deepEqual(done(await run('cursor')), [`keep ${file}`]);
    const changed = errors.replace('Codes are stable', 'Codes never change');
    await write({ '.agent-os/standards/a/one.md': changed });
    approved.set('a/one', new Set([hashOfStandard(changed)]));
    assert.deepEqual(done(await run('cursor')), [`update ${file}`]);
    assert.doesNotMatch((await read(file)).replaceAll('\r\n', ''), /\n/);
  });

  it(
    'writes through a link inside the project, and nothing outside of it',
    { skip: process.platform === 'win32' },
    async (t) => {
      const { base, run, read, root, write } = await project(t, { 'a/one': errors });
      await write({ 'CLAUDE.md': '# Mine\n' });
      await symlink('CLAUDE.md', path.join(root, 'AGENTS.md'));
      await growTree(base, { 'outside/.keep': '' });
      await symlink(path.join(base, 'outside'), path.join(root, '.cursor'));
      const output = await run('all');
      assert.match(await read('CLAUDE.md'), /troupe:standards begin/);
      const cursor = output.files.find(({ target }) => target === 'cursor')!;
      assert.equal(cursor.action, 'conflict');
      assert.deepEqual(await readdir(path.join(base, 'outside')), ['.keep']);
      assert.ok(done(output).includes('create .claude/rules/troupe.a.one.md'));
    },
  );

  it('leaves a file that is no UTF-8, or no file, as it is', async (t) => {
    const { run, root, write } = await project(t, { 'a/one': errors });
    const latin = Buffer.from([0x23, 0x20, 0xe4, 0x0a]);
    await writeFile(path.join(root, 'AGENTS.md'), latin);
    await write({ '.cursor/rules/troupe.a.one.mdc/x': '' });
    const output = await run('all');
    const conflicts = output.files.filter(({ action }) => action === 'conflict');
    assert.deepEqual(
      conflicts.map(({ path: file, reason }) => [file, reason]),
      [
        ['.cursor/rules/troupe.a.one.mdc', 'it is a folder'],
        ['AGENTS.md', 'it is not UTF-8 text'],
      ],
    );
    assert.deepEqual(await readFile(path.join(root, 'AGENTS.md')), latin);
  });

  it('exports the shipped one, by its name, beside an unapproved one', async (t) => {
    const { run } = await project(t, { 'a/one': waiting }, { approved: [], shipped: { 'a/one': errors } });
    const { files, left_out } = await run('cursor', { universal: true });
    assert.deepEqual(
      files.map(({ path: file }) => file),
      ['.cursor/rules/troupe.a.one.mdc'],
    );
    assert.match(files[0]!.content!, /^# Error responses[^]*`troupe standards show troupe:a\/one`/m);
    assert.deepEqual(
      left_out.map(({ standard }) => standard),
      ['a/one'],
    );
  });

  it('[X9] says what an export does not hold of its standard', async (t) => {
    const many = errors.replace(
      '2. Codes are stable.',
      Array.from({ length: 9 }, (_, n) => `${n + 2}. Rule ${n}.`).join('\n'),
    );
    const { run } = await project(t, { 'a/one': many });
    const { losses } = await run('cursor');
    assert.deepEqual(losses, [{ standard: 'a/one', target: 'cursor', what: '3 of 10 rules of Pattern' }]);
  });
});
