import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { temporaryTree } from '../../../platform/files/testing.ts';
import { fromHere } from './person-commands.ts';

describe('the file of a standard that a person names', () => {
  it('is meant from where they stand; one that is not there is left for the root', async (t) => {
    const root = await temporaryTree(t, { 'docs/here.md': '', 'there.md': '' });
    const cwd = join(root, 'docs');
    const fileOf = (file: string) => fromHere(cwd, 'proposals.propose', { file })['file'];
    assert.equal(fileOf('here.md'), join(cwd, 'here.md'));
    assert.equal(fileOf('../there.md'), join(root, 'there.md'));
    assert.equal(fileOf('there.md'), 'there.md');
    assert.deepEqual(fromHere(cwd, 'jobs.list', { file: 'here.md' }), { file: 'here.md' });
  });
});
