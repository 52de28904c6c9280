import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { growTree, temporaryTree, type TreeEntry } from '../../../platform/files/testing.ts';
import { lastOf } from '../testing.ts';
import { openStandardsLibrary } from './open-standards-library.ts';

const folder = 'project/.agent-os/standards';
const text = '---\ntags: [a]\n---\n# Secrets\n\nDo it so.\n';

async function open(t: TestContext, tree: Record<string, TreeEntry>, approved: readonly string[]) {
  const base = await temporaryTree(t, { 'project/.keep': '', 'shipped/security/secrets.md': text });
  await growTree(base, tree);
  return openStandardsLibrary({
    root: path.join(base, 'project'),
    universalFolder: path.join(base, 'shipped'),
    approvals: { hashesApproved: async () => new Map(), lastApprovals: async () => lastOf(approved) },
    limits: { maxDocumentBytes: 10_000, maxFiles: 100 },
  });
}

const inTheWay: Record<string, { tree: Record<string, TreeEntry>; reason: RegExp }> = {
  'a file in its place': { tree: { [folder]: 'x' }, reason: /^it is not a folder$/ },
  'a link in a circle': { tree: { [folder]: { linkTo: 'standards' } }, reason: /ELOOP/ },
  'a link that leads nowhere': {
    tree: { [folder]: { linkTo: 'elsewhere' } },
    reason: /^it is a link that leads nowhere$/,
  },
  'a file in place of .agent-os': {
    tree: { 'project/.agent-os': 'x' },
    reason: /^what it should lie in is not a folder$/,
  },
};

describe('[X9] a folder of standards that cannot be read', () => {
  for (const [what, { tree, reason }] of Object.entries(inTheWay)) {
    it(`is named with the reason and never taken for an empty one: ${what}`, async (t) => {
      const library = await open(t, tree, ['architecture/errors']);
      const { entries, skipped } = await library.list();
      assert.deepEqual(
        entries.map(({ id }) => id),
        ['security/secrets'],
      );
      assert.deepEqual(
        skipped.map(({ file, isFolder }) => [file, isFolder]),
        [['.agent-os/standards', true]],
      );
      assert.match(skipped[0]!.reason, reason);
      assert.deepEqual(await library.gone(), [], 'nobody knows what is in it');
      for (const name of ['architecture/errors', 'errors'])
        await assert.rejects(library.find(name), {
          code: 'standards.unusable',
          message: /^\.agent-os\/standards cannot be used: /,
        });
      assert.equal((await library.find('secrets')).layer, 'universal');
    });
  }

  it('is another thing than one that nobody made', async (t) => {
    const library = await open(t, {}, []);
    assert.deepEqual((await library.list()).skipped, []);
  });
});

describe('[X9] a standard that was approved and whose file is gone', () => {
  it('is found to be gone by its id, topic and file, with what brings it back', async (t) => {
    const approved = ['architecture/errors', 'data/waiting', 'testing/waiting', 'security/secrets'];
    const library = await open(t, {}, approved);
    for (const name of ['architecture/errors', 'errors', '.agent-os/standards/architecture/errors.md'])
      await assert.rejects(library.find(name), {
        code: 'standards.gone',
        category: 'not-found',
        message:
          'architecture/errors was approved on 2026-11-01 by josh, and its file .agent-os/standards/architecture/errors.md is gone.',
        remedy: /`git restore \.agent-os.*`troupe standards retire architecture\/errors --because/,
      });
    await assert.rejects(library.find('waiting'), { code: 'standards.ambiguous' });
    await assert.rejects(library.find('nothing'), { code: 'standards.unknown' });
    assert.equal((await library.find('secrets')).layer, 'universal', 'the shipped one of its name is there');
  });
});
