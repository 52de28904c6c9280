import assert from 'node:assert/strict';
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { hashOfStandard } from '../../standards/index.ts';
import type { ExportOutput } from '../contract/index.ts';
import { done, errors, project, waiting } from './export-fixture.ts';

const one = [
  '.cursor/rules/troupe.a.one.mdc',
  '.claude/rules/troupe.a.one.md',
  '.github/instructions/troupe.a.one.instructions.md',
];
const nobody = 'nobody has approved it on this machine: `troupe standards adopt a/one` shows it';

/** Every file that is an export, with its text. */
async function exported(root: string): Promise<Map<string, string>> {
  const names = await readdir(root, { recursive: true });
  const files = names.filter((name) => /troupe\.|AGENTS/.test(path.basename(name)));
  const read = files
    .filter((name) => !name.includes('.agent-os'))
    .map(async (name) => [name, await readFile(path.join(root, name), 'utf8')] as const);
  return new Map((await Promise.all(read)).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const leftOf = ({ left }: ExportOutput) => left.map(({ standard, path: file }) => `${standard} ${file}`);

describe('[X7] exports of standards that are approved on another machine', () => {
  it('stay as they are, are named with reason and command, and count as in step', async (t) => {
    const { run, root, approved } = await project(t, { 'a/one': errors, 'a/two': waiting });
    await run('all');
    const before = await exported(root);
    approved.clear();
    for (const dryRun of [true, false]) {
      const output = await run('all', { dry_run: dryRun });
      assert.equal(output.in_step, true);
      assert.ok(output.files.every(({ action, content }) => action === 'left' && content === null));
      assert.equal(output.files.length, 7);
      const named = output.left.filter(({ standard }) => standard === 'a/one');
      assert.deepEqual(
        named.map(({ path: file, reason }) => [file, reason]),
        [...one, 'AGENTS.md'].map((file) => [file, nobody]),
      );
      assert.match(output.message, /^No standard to export\. .*What stands of 2 standards not approved/);
    }
    assert.deepEqual(await exported(root), before);
  });

  it('stay beside those of a standard approved here, and the other machine finds nothing to change', async (t) => {
    const { run, root, read, write, approved } = await project(t, { 'a/one': errors, 'a/three': errors });
    await run('all');
    const before = await exported(root);
    const theirs = new Map(approved);
    approved.clear();
    await write({ '.agent-os/standards/a/two.md': waiting });
    approved.set('a/two', new Set([hashOfStandard(waiting)]));
    const output = await run('all');
    assert.deepEqual(
      done(output).filter((line) => !line.startsWith('left')),
      [
        'create .cursor/rules/troupe.a.two.mdc',
        'create .claude/rules/troupe.a.two.md',
        'create .github/instructions/troupe.a.two.instructions.md',
        'update AGENTS.md',
      ],
    );
    for (const file of one) assert.equal(await read(file), before.get(path.normalize(file)));
    assert.deepEqual(
      leftOf(output).filter((line) => line.endsWith('AGENTS.md')),
      ['a/one AGENTS.md', 'a/three AGENTS.md'],
    );
    assert.equal((await run('all')).in_step, true);
    for (const [id, hashes] of theirs) approved.set(id, hashes);
    const there = await run('all');
    assert.ok(
      there.files.every(({ action }) => action === 'keep'),
      done(there).join('\n'),
    );
    assert.deepEqual(there.left, []);
  });

  it('are not written for a standard that has none', async (t) => {
    const { run, root } = await project(t, { 'a/one': errors }, { approved: [] });
    const output = await run('all');
    assert.deepEqual([output.files, output.left, output.in_step], [[], [], true]);
    assert.deepEqual((await readdir(root)).sort(), ['.agent-os', '.git']);
  });

  it('go when their standard is retired or its file is deleted, out of a region with others too', async (t) => {
    const { run, root, read, write, approved } = await project(t, {
      'a/one': errors,
      'a/three': errors.replace('# Error responses', '# Three'),
      'a/two': waiting,
    });
    await run('all');
    approved.clear();
    await rm(path.join(root, '.agent-os/standards/a/two.md'));
    await write({
      '.agent-os/standards/a/three.md': errors.replace('tags:', 'status: retired\ntags:'),
    });
    const output = await run('all');
    const removed = output.files.filter(({ action }) => action === 'remove');
    assert.deepEqual(
      new Set(removed.map(({ reason }) => reason)),
      new Set(['it is retired', 'its standard is no longer there']),
    );
    assert.equal(removed.length, 6);
    assert.deepEqual(
      leftOf(output),
      [...one, 'AGENTS.md'].map((file) => `a/one ${file}`),
    );
    const region = await read('AGENTS.md');
    assert.match(region, /^### Error responses$/m);
    assert.doesNotMatch(region, /### (?:Three|Waiting)/);
  });

  it('stay when the standard was changed since it was approved here: a colleague may have approved that text', async (t) => {
    const { run, root, write, approved } = await project(t, { 'a/one': errors, 'a/two': waiting });
    const changed = errors.replace('Codes are stable', 'Codes never change');
    const mine = approved.get('a/one')!;
    await write({ '.agent-os/standards/a/one.md': changed });
    approved.set('a/one', new Set([hashOfStandard(changed)]));
    await run('all');
    const before = await exported(root);
    approved.set('a/one', mine);
    const output = await run('all');
    assert.equal(output.in_step, true);
    assert.deepEqual(
      leftOf(output),
      [...one, 'AGENTS.md'].map((file) => `a/one ${file}`),
    );
    assert.match(output.left[0]!.reason, /^it was changed after it was approved on this machine: `troupe/);
    assert.deepEqual(await exported(root), before);
  });

  it('stay when their standard cannot be read here, and was never approved here', async (t) => {
    const { run, root, write, approved } = await project(t, { 'a/one': errors, 'a/two': waiting });
    await run('all');
    const before = await exported(root);
    approved.delete('a/one');
    for (const text of ['a\0b', '---\ntags: [\n---\n# Broken\n']) {
      await write({ '.agent-os/standards/a/one.md': text });
      const output = await run('all');
      assert.equal(output.left.length, 4);
      assert.match(output.left[0]!.reason, /one\.md/);
      assert.deepEqual(await exported(root), before);
    }
  });

  it('are a conflict once edited by hand, and none of ours when Troupe did not make them', async (t) => {
    const { run, read, write, approved } = await project(t, { 'a/one': errors, 'a/two': waiting });
    await run('all');
    approved.clear();
    const region = (await read('AGENTS.md')).replace('One format', 'My format');
    await write({
      [one[0]!]: (await read(one[0]!)).replace('One format', 'My format'),
      [one[1]!]: '# By hand\n',
      'AGENTS.md': region,
    });
    const output = await run('all');
    assert.equal(output.in_step, false);
    const conflicts = output.files.filter(({ action }) => action === 'conflict');
    assert.deepEqual(
      conflicts.map(({ path: file }) => file),
      [one[0]!, 'AGENTS.md'],
    );
    assert.match(conflicts[0]!.reason!, /edited by hand.*`troupe standards adopt a\/one`/);
    assert.match(conflicts[1]!.reason!, /edited by hand: adopt a\/one, a\/two, which it holds/);
    assert.ok(!output.files.some(({ path: file }) => file === one[1]));
    assert.equal(await read('AGENTS.md'), region);
  });

  it('keep the place of their name: the shipped standard of it is not written over them', async (t) => {
    const shipped = { 'a/one': waiting };
    for (const text of [errors, waiting.replace('stable', 'firm')]) {
      const { run, root, approved } = await project(t, { 'a/one': text }, { shipped });
      await run('all', { universal: true });
      const before = await exported(root);
      approved.clear();
      const output = await run('all', { universal: true });
      assert.deepEqual(
        leftOf(output),
        [...one, 'AGENTS.md'].map((file) => `a/one ${file}`),
      );
      assert.equal(output.in_step, true);
      assert.deepEqual(await exported(root), before);
    }
  });

  it('do not keep the shipped standard of the name where it is no longer asked for', async (t) => {
    const { run } = await project(t, { 'a/one': waiting }, { approved: [], shipped: { 'a/one': errors } });
    await run('all', { universal: true });
    const { files } = await run('all');
    assert.deepEqual(
      files.map(({ action, reason }) => [action, reason]),
      [
        ...one.map(() => ['remove', 'it is of the one that ships with Troupe: --universal exports it']),
        ['remove', 'there is no standard left to export'],
      ],
    );
  });

  it('keep a region as it is that is too full to say them whole', async (t) => {
    const rule = `Say what to do ${'in so many words '.repeat(8)}`.trim();
    const many = Object.fromEntries(
      Array.from({ length: 90 }, (_, n) => [
        `b/topic-${n + 10}`,
        waiting.replace('Report every failure in one shape.', `${rule}.`),
      ]),
    );
    const { run, read, write, approved } = await project(t, many);
    await run('agents-md');
    const before = await read('AGENTS.md');
    approved.delete('b/topic-99');
    await write({ '.agent-os/standards/b/new.md': errors });
    approved.set('b/new', new Set([hashOfStandard(errors)]));
    const output = await run('agents-md');
    assert.deepEqual(done(output), ['left AGENTS.md']);
    assert.match(output.left[0]!.reason, /says b\/topic-99 in short.*`troupe standards adopt` shows those/);
    assert.equal(await read('AGENTS.md'), before);
    approved.set('b/topic-99', new Set([hashOfStandard(many['b/topic-99']!)]));
    assert.deepEqual(done(await run('agents-md')), ['update AGENTS.md']);
  });
});

const mark = /sha256:[0-9a-f]{32}/;

describe('[X7] an export whose text is right and whose mark is of another', () => {
  it('is no edit: the mark is written anew, and until then it is out of step', async (t) => {
    const { run, root, write } = await project(t, { 'a/one': errors, 'a/two': waiting });
    await run('all');
    const before = await exported(root);
    const merged = [...before].map(([name, text]) => [name, text.replace(mark, `sha256:${'0'.repeat(32)}`)]);
    await write(Object.fromEntries(merged) as Record<string, string>);
    const shown = await run('all', { dry_run: true });
    assert.equal(shown.in_step, false);
    assert.ok((await run('all')).files.every(({ action }) => action === 'update'));
    assert.deepEqual(await exported(root), before);
    assert.equal((await run('all')).in_step, true);
  });

  it('is none either where a part of the region is of a standard that is not approved here', async (t) => {
    const { run, read, write, approved } = await project(t, { 'a/one': errors, 'a/two': waiting });
    await run('agents-md');
    const before = await read('AGENTS.md');
    const merged = before.replace(mark, `sha256:${'0'.repeat(32)}`);
    approved.delete('a/one');
    await write({ 'AGENTS.md': merged });
    const output = await run('agents-md');
    assert.deepEqual(done(output), ['update AGENTS.md']);
    assert.deepEqual(leftOf(output), ['a/one AGENTS.md']);
    assert.equal(await read('AGENTS.md'), before);
    await write({ 'AGENTS.md': merged.replace('One format', 'My format') });
    assert.deepEqual(done(await run('agents-md')), ['conflict AGENTS.md']);
  });
});
