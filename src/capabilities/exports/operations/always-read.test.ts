import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mostAlwaysReadBytes } from '../digest/fit-digests.ts';
import { done, errors, project, waiting } from './export-fixture.ts';

const rule = (n: number) => `Rule ${n} says what to do ${'in so many words '.repeat(8)}`.trim();
/** Standards for every file, each with a rule of some 150 bytes. */
const many = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, n) => [
      `b/topic-${String(n).padStart(3, '0')}`,
      waiting
        .replace('# Waiting', `# Topic ${n}`)
        .replace('Report every failure in one shape.', `${rule(n)}.`),
    ]),
  );

describe('[X7] what an agent reads in every session', () => {
  it('keeps the region of AGENTS.md small: what ships is shortened first, and each that was is named', async (t) => {
    const { run, read } = await project(t, { 'a/own': errors }, { shipped: many(72) });
    const { losses } = await run('agents-md', { universal: true });
    const text = await read('AGENTS.md');
    assert.ok(Buffer.byteLength(text) <= mostAlwaysReadBytes + 200, `${Buffer.byteLength(text)} bytes`);
    assert.match(text, /^### Error responses\n\nFor `src\/\*\*\/\*\.ts`\.[^]*^- Codes are stable\.$/m);
    assert.match(text, /`troupe standards show` with the name/);
    for (const id of Object.keys(many(72))) assert.ok(text.includes(`- \`${id}\` Topic`), id);
    const named = losses.filter(({ what }) => what.endsWith('for want of room'));
    assert.deepEqual(new Set(named.map(({ standard }) => standard)), new Set(Object.keys(many(72))));
    assert.deepEqual(done(await run('agents-md', { universal: true })), ['keep AGENTS.md']);
  });

  it('counts what has no room even for its name, and names it in its report', async (t) => {
    const own = Object.fromEntries(
      Object.entries(many(90)).map(([id, text]) => [`${id}${'-long'.repeat(12)}`, text]),
    );
    const titled = Object.fromEntries(
      Object.entries(own).map(([id, text]) => [
        id,
        text.replace('# Topic', `# ${'A long title '.repeat(12)}`),
      ]),
    );
    const { run, read } = await project(t, titled);
    const { losses } = await run('agents-md');
    const text = await read('AGENTS.md');
    assert.ok(Buffer.byteLength(text) <= mostAlwaysReadBytes + 200);
    const count = losses.filter(({ what }) => what.startsWith('everything')).length;
    assert.ok(count > 0);
    assert.ok(text.includes(`- ${count} more: \`troupe standards list\` names them.`));
  });

  it('warns, with figure and limit, when the file is longer than its readers read', async (t) => {
    const { run, write } = await project(t, { 'a/own': errors });
    assert.equal((await run('agents-md')).files[0]!.warning, null);
    await write({ 'AGENTS.md': `# Mine\n\n${'x'.repeat(33_000)}\n` });
    for (const action of ['update', 'keep']) {
      const [file] = (await run('agents-md')).files;
      assert.equal(file!.action, action);
      assert.match(
        file!.warning!,
        /^AGENTS\.md has 33\d\d\d bytes, \d{3} of them Troupe's; tools stop reading after 32768 bytes \(Codex's project_doc_max_bytes\)/,
      );
    }
  });

  for (const [target, folder, extension] of [
    ['claude', '.claude/rules', '.md'],
    ['copilot', '.github/instructions', '.instructions.md'],
  ] as const) {
    it(`${target}: what ships and is for every file shares one file, which goes when it is no longer asked for`, async (t) => {
      const shipped = { ...many(72), 'c/scoped': errors };
      const { run, read } = await project(t, { 'a/own': waiting }, { shipped });
      const { losses, files } = await run(target, { universal: true });
      const index = `${folder}/troupe.universal${extension}`;
      assert.deepEqual(
        files.map(({ path: file }) => file),
        [`${folder}/troupe.a.own${extension}`, `${folder}/troupe.c.scoped${extension}`, index],
      );
      const text = await read(index);
      assert.ok(Buffer.byteLength(text) <= mostAlwaysReadBytes + 400, `${Buffer.byteLength(text)} bytes`);
      for (const id of Object.keys(many(72))) {
        assert.ok(text.includes(`- \`${id}\` Topic`), id);
        assert.ok(
          losses.some(({ standard, what }) => standard === id && what.startsWith('its points')),
          id,
        );
      }
      assert.ok((await run(target, { universal: true })).in_step);
      const less = await run(target);
      const gone = less.files.find(({ path: file }) => file === index)!;
      assert.equal(gone.action, 'remove');
      assert.match(gone.reason!, /--universal exports it/);
    });
  }
});
