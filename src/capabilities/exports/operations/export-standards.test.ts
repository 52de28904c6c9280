import assert from 'node:assert/strict';
import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import type { AppError } from '../../../kernel/index.ts';
import { hashOfStandard } from '../../standards/index.ts';
import { done, errors, project, waiting } from './export-fixture.ts';

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

  it('[A19] says in words what a standard is not for, and that no scope holds it', async (t) => {
    const scope = "applies_to: ['src/**/*.ts', '!src/gen/**']";
    const text = errors.replace(/^applies_to:.*$/m, scope);
    const scoped = text.includes(scope) ? text : errors.replace('tags:', `${scope}\ntags:`);
    const { run, read } = await project(t, { 'a/one': scoped });
    for (const [target, file] of [
      ['cursor', '.cursor/rules/troupe.a.one.mdc'],
      ['claude', '.claude/rules/troupe.a.one.md'],
      ['copilot', '.github/instructions/troupe.a.one.instructions.md'],
      ['agents-md', 'AGENTS.md'],
    ] as const) {
      const { losses } = await run(target);
      assert.ok(
        losses.some(({ what }) => what.startsWith('the exception !src/gen/**')),
        target,
      );
      const written = await read(file);
      assert.match(written, /^Not for `src\/gen\/\*\*`\.$/m);
      assert.ok(!written.includes('!src/gen'), target);
    }
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
    await rm(path.join(root, '.agent-os/standards/a/one.md'));
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

  it('says a rule once, and none of the places where it was departed from', async (t) => {
    const drafted = waiting
      .replace(
        '1. One format.\n   Built in one place.\n   - 400 malformed',
        '1. Report every failure in one shape.',
      )
      .replace(
        '- 200 with an error inside.',
        '- 200 with an error inside.\n\nIn this project:\n\n- `src/a.ts:12`: `x()`',
      );
    const { run, read } = await project(t, { 'a/one': drafted });
    await run('claude');
    const rule = await read('.claude/rules/troupe.a.one.md');
    assert.equal(rule.match(/Report every failure in one shape\./g)?.length, 1);
    assert.match(rule, /- 200 with an error inside\./);
    assert.doesNotMatch(rule, /a\.ts:12/);
  });

  it('[X9] says what an export does not hold of its standard', async (t) => {
    const many = errors.replace(
      '2. Codes are stable.',
      Array.from({ length: 9 }, (_, n) => `${n + 2}. Rule ${n}.`).join('\n'),
    );
    const { run } = await project(t, { 'a/one': many });
    const { losses } = await run('cursor');
    assert.deepEqual(losses, [{ standard: 'a/one', target: 'cursor', what: '3 of 10 rules of Pattern' }]);
    const short = (await run('agents-md')).losses.map(({ what }) => what.replace(/:.*/, ''));
    assert.deepEqual(short, ['2 of 10 rules of Pattern', '1 of 1 Anti-patterns', 'its scope as data']);
  });
});

describe('export of standards whose files are gone', () => {
  it('[X7] refuses to remove the rules of all of them at once, and says what brings them back', async (t) => {
    const { run, read, root } = await project(t, { 'a/one': errors, 'a/two': waiting });
    await run('all');
    const before = await read('AGENTS.md');
    await rename(path.join(root, '.agent-os/standards'), path.join(root, 'elsewhere'));
    for (const dryRun of [true, false])
      await assert.rejects(run('all', { dry_run: dryRun }), (error: AppError) => {
        assert.equal(error.code, 'exports.standards_gone');
        assert.match(
          error.message,
          /^2 approved standards are on record \(a\/one, a\/two\) and none of them/,
        );
        assert.match(error.remedy, /`git restore \.agent-os\/standards`.*`troupe standards retire a\/one/);
        return true;
      });
    assert.equal(await read('AGENTS.md'), before);
    assert.equal((await readdir(path.join(root, '.claude/rules'))).length, 2);
  });

  it('[X7] removes the rule of a single one that is gone, and says which and why', async (t) => {
    const { run, root } = await project(t, { 'a/one': errors, 'a/two': waiting });
    await run('all');
    await rm(path.join(root, '.agent-os/standards/a/one.md'));
    const { files, left_out } = await run('all');
    const removed = files.filter(({ action }) => action === 'remove');
    assert.equal(removed.length, 3);
    const why = /^approved on 2026-11-01 by josh, its file is gone: restore it \(git\), or `troupe standards/;
    for (const { reason } of removed) assert.match(reason ?? '', why);
    assert.equal(left_out[0]?.standard, 'a/one');
    assert.match(left_out[0].reason, why);
  });

  it('[X9] writes and removes nothing where the folder cannot be read, and says so', async (t) => {
    const { run, read, root } = await project(t, { 'a/one': errors, 'a/two': waiting });
    await run('all');
    const before = await read('AGENTS.md');
    const folder = path.join(root, '.agent-os/standards');
    await rename(folder, path.join(root, 'elsewhere'));
    await writeFile(folder, 'in its place');
    for (const dryRun of [true, false])
      await assert.rejects(run('all', { dry_run: dryRun }), {
        code: 'exports.standards_unreadable',
        message:
          '.agent-os/standards cannot be read: it is not a folder. Which standards hold is not known; nothing was written or removed.',
      });
    assert.equal(await read('AGENTS.md'), before);
    assert.equal((await readdir(path.join(root, '.claude/rules'))).length, 2);
  });

  it('[X9] names the file that cannot be used as the reason for which a rule is removed', async (t) => {
    const { run, root } = await project(t, { 'a/one': errors, 'a/two': waiting });
    await run('cursor');
    await writeFile(path.join(root, '.agent-os/standards/a/one.md'), 'a\0b');
    const { files } = await run('cursor');
    const removed = files.find(({ action }) => action === 'remove');
    assert.match(removed?.reason ?? '', /one\.md is not a text file: it holds binary data/);
  });
});
