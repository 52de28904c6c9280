import assert from 'node:assert/strict';
import fs, { writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { it, type TestContext } from 'node:test';
import { afterwards, temporaryTree } from '../../../platform/files/testing.ts';
import { hashOfStandard } from '../document/approvable-text.ts';
import { openStandardsLibrary } from './open-standards-library.ts';

/** From now on files have the times of a file system that counts in two seconds. */
function countInTwoSeconds(t: TestContext): void {
  const { lstat } = fs;
  const coarse = (ms: number) => ms - (ms % 2_000);
  t.mock.method(fs, 'lstat', async (place: string) => {
    const facts = await lstat(place);
    return Object.assign(facts, { mtimeMs: coarse(facts.mtimeMs), ctimeMs: coarse(facts.ctimeMs) });
  });
  syncBuiltinESMExports();
  afterwards(t, () => {
    t.mock.restoreAll();
    syncBuiltinESMExports();
  });
}

it('a standard written twice within one tick of the file system, in the same size, is seen as it is', async (t) => {
  countInTwoSeconds(t);
  const text = (word: string) => `# Waiting\n\nTests wait on ${word}.\n`;
  const base = await temporaryTree(t, {
    'project/.agent-os/standards/testing/waiting.md': text('signals'),
    'shipped/.keep': '',
  });
  const root = path.join(base, 'project');
  const approved = new Map([['testing/waiting', new Set([hashOfStandard(text('signals'))])]]);
  const library = openStandardsLibrary({
    root,
    universalFolder: path.join(base, 'shipped'),
    approvals: { hashesApproved: async () => approved, lastApprovals: async () => new Map() },
    limits: { maxDocumentBytes: 10_000, maxFiles: 100 },
  });
  const listed = async (word: string) => {
    await writeFile(path.join(root, '.agent-os/standards/testing/waiting.md'), text(word));
    const [entry] = (await library.list()).entries;
    return entry!;
  };
  for (let round = 0; round < 10; round += 1) {
    const [before, after] = [await listed('signals'), await listed('nothing')];
    assert.deepEqual([before.approval, after.approval], ['approved', 'changed']);
    assert.notEqual(after.version, before.version);
  }
});
