import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bodyOf, openProject, type TestProject } from '../testing.ts';

const id = 'dev/one';
const active = `---\ntags: [a]\n---\n${bodyOf()}`;
const retired = active.replace('tags:', 'status: retired\nretired_because: old\ntags:');

interface Adoption {
  standards: { status: string; approval: string; retired_by: string | null }[];
  selection_hash: string;
  message: string;
}

const adoption = async (project: TestProject, input: object = {}) =>
  (await project.call('proposals.adopt', input)) as unknown as Adoption;

async function writeAndAdopt(project: TestProject, text: string): Promise<void> {
  await project.writeByHand(id, text);
  const { selection_hash } = await adoption(project);
  await adoption(project, { all: true, selection_hash });
}

const standing = async (project: TestProject) => (await project.library.find(id)).approval;

describe('adopting what a colleague retired', () => {
  it('[A11] takes back the approval of every earlier text, as retiring here does', async (t) => {
    const project = await openProject(t);
    await writeAndAdopt(project, active);
    await project.writeByHand(id, retired);
    assert.partialDeepStrictEqual((await adoption(project)).standards, [
      { status: 'retired', approval: 'changed', retired_by: null },
    ]);
    await writeAndAdopt(project, retired);
    assert.equal(await standing(project), 'approved');
    await project.writeByHand(id, active);
    assert.equal(await standing(project), 'changed');
    assert.partialDeepStrictEqual((await adoption(project)).standards, [
      { status: 'active', approval: 'changed', retired_by: 'josh' },
    ]);
    const last = await project.store.lastApprovals(project.root, 'standard');
    assert.equal(last.get(id)?.outcomeMessage, `Retired: ${id}`, 'nobody misses its file');
  });

  it('[A11] a person who brings a standard back takes back that it is retired', async (t) => {
    const project = await openProject(t);
    for (const text of [active, retired, active]) await writeAndAdopt(project, text);
    assert.equal(await standing(project), 'approved');
    await project.writeByHand(id, retired);
    assert.equal(await standing(project), 'changed');
    assert.partialDeepStrictEqual((await adoption(project)).standards, [
      { status: 'retired', retired_by: null },
    ]);
  });
});
