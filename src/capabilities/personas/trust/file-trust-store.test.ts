import assert from 'node:assert/strict';
import { mkdir, readFile, readdir, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { describe, it } from 'node:test';
import { personaProject } from '../testing.ts';
import { openFileTrustStore } from './file-trust-store.ts';

const key = (projectRoot: string, contentHash = 'a'.repeat(64)) => ({
  projectRoot,
  persona: 'dba',
  contentHash,
});

describe('openFileTrustStore', () => {
  it('trusts exactly one text of one persona in one project, and remembers it', async (t) => {
    const { trust, trustPath } = await personaProject(t);
    assert.equal(await trust.trust(key('/p'), 1_700_000_000_000), true);
    assert.equal(await trust.trust(key('/p'), 1_700_000_000_001), false);
    const record = await openFileTrustStore({ path: trustPath }).read();
    assert.equal(record.isTrusted(key('/p')), true);
    assert.equal(record.isTrusted(key('/q')), false);
    assert.equal(record.isTrusted({ ...key('/p'), persona: 'qa' }), false);
    assert.equal(record.isTrusted(key('/p', 'b'.repeat(64))), false);
    assert.match(await readFile(trustPath, 'utf8'), /"trusted_at": "2023-11-14T22:13:20\.000Z"/);
    if (process.platform !== 'win32') assert.equal((await stat(trustPath)).mode & 0o077, 0);
  });

  it('sees what another process trusted', async (t) => {
    const { trust, trustPath } = await personaProject(t);
    assert.equal((await trust.read()).isTrusted(key('/p')), false);
    await openFileTrustStore({ path: trustPath }).trust(key('/p'), 0);
    assert.equal((await trust.read()).isTrusted(key('/p')), true);
  });

  it('forgets every text of one persona in one project, and nothing else', async (t) => {
    const { trust } = await personaProject(t);
    const others = [key('/q'), { ...key('/p'), persona: 'qa' }];
    for (const given of [key('/p'), key('/p', 'b'.repeat(64)), ...others]) await trust.trust(given, 0);
    assert.equal(await trust.distrust({ projectRoot: '/p', persona: 'dba' }), 2);
    const record = await trust.read();
    assert.deepEqual(
      [key('/p'), key('/p', 'b'.repeat(64)), ...others].map((given) => record.isTrusted(given)),
      [false, false, true, true],
    );
    assert.equal(await trust.distrust({ projectRoot: '/p', persona: 'dba' }), 0);
  });

  it('keeps what commands trust at the same time, each of them', async (t) => {
    const { trustPath } = await personaProject(t);
    const keys = Array.from({ length: 12 }, (_, n) => key(`/p${n}`));
    await Promise.all(keys.map((given) => openFileTrustStore({ path: trustPath }).trust(given, 0)));
    const record = await openFileTrustStore({ path: trustPath }).read();
    assert.ok(keys.every((given) => record.isTrusted(given)));
    assert.ok(!(await readdir(dirname(trustPath))).includes(`${basename(trustPath)}.lock`));
  });

  it('[X9] waits for a lock that stays only so long, says what to do, and changes nothing', async (t) => {
    const { trust, trustPath } = await personaProject(t);
    await mkdir(dirname(trustPath), { recursive: true });
    await writeFile(`${trustPath}.lock`, '');
    await assert.rejects(trust.trust(key('/p'), 0), { code: 'personas.trust_locked', retryable: true });
    assert.equal((await trust.read()).isTrusted(key('/p')), false);
    await unlink(`${trustPath}.lock`);
    assert.equal(await trust.trust(key('/p'), 0), true);
  });

  it('waits for its turn as long as other commands take theirs', async (t) => {
    const { trust, trustPath } = await personaProject(t);
    const lock = `${trustPath}.lock`;
    await mkdir(dirname(trustPath), { recursive: true });
    await writeFile(lock, '');
    const trusted = trust.trust(key('/p'), 0);
    // Together longer than any of them may take.
    for (const end = performance.now() + 3_000; performance.now() < end;) {
      await writeFile(`${lock}.next`, '');
      await rename(`${lock}.next`, lock);
    }
    await unlink(lock);
    assert.equal(await trusted, true);
  });

  for (const [what, text] of [
    ['broken', '{"version": 1, "trusted": ['],
    ['of a later version', '{"version": 2, "trusted": []}'],
  ] as const) {
    it(`trusts nothing when the file is ${what}, says so, and does not write over it`, async (t) => {
      const { trust, trustPath, registry, write } = await personaProject(t);
      await mkdir(dirname(trustPath), { recursive: true });
      await writeFile(trustPath, text);
      const record = await trust.read();
      assert.equal(record.isTrusted(key('/p')), false);
      assert.match(record.problem?.message ?? '', /no project persona is trusted/);
      await write('dba.md', '---\ndescription: d\n---\nx');
      assert.equal((await registry.find('dba')).trusted, false);
      assert.equal((await registry.problems()).at(-1)?.path, trustPath);
      await assert.rejects(trust.trust(key('/p'), 0), { code: 'personas.trust_unreadable' });
      assert.equal(await readFile(trustPath, 'utf8'), text);
    });
  }
});
