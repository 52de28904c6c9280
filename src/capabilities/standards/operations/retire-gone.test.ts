import assert from 'node:assert/strict';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { checkHealth } from './check-health.ts';
import { openLibraryFixture, own, standardText } from './library-fixture.ts';
import { retireStandard } from './retire-standard.ts';

const because = 'Nobody works like that any more.';

describe('approved standards whose files are gone', () => {
  it('are named by the health of standards until a person retires them; a retired one is not missed', async (t) => {
    const { call, approve, place, events, deps } = await openLibraryFixture(t, {
      [`${own}/a/one.md`]: standardText('a/one'),
      [`${own}/a/two.md`]: standardText('a/two'),
      [`${own}/a/draft.md`]: standardText('a/draft'),
    });
    for (const id of ['a/one', 'a/two']) approve(id, standardText(id));
    assert.deepEqual((await call(checkHealth, {})).gone, []);
    await rm(path.dirname(place('a/one')), { recursive: true });
    const { gone, message } = await call(checkHealth, {});
    assert.deepEqual(
      gone.map(({ standard, approved_by: by, approved_at: at }) => [standard, by, at]),
      ['a/one', 'a/two'].map((id) => [id, 'josh', '2026-11-01T00:00:00.000Z']),
    );
    assert.match(message, /0 standards of the project and 0 shipped: 2 approved whose file is gone/);
    const answer = await call(retireStandard, { standard: 'a/one', because });
    assert.match(answer.message, /^a\/one is retired: its file was gone, and its approvals are taken back\./);
    assert.partialDeepStrictEqual(events, [{ name: 'standards.retired', entityId: 'a/one' }]);
    assert.deepEqual(
      (await deps.library.standards.gone()).map(({ id }) => id),
      ['a/two'],
    );
    await assert.rejects(call(retireStandard, { standard: 'a/two' }), { code: 'call.needs_reason' });
    await assert.rejects(call(retireStandard, { standard: 'a/two', because }, 'mcp'), {
      code: 'call.needs_person',
    });
  });

  it('are those whose files are not there: what cannot be read, or was moved back, is none of them', async (t) => {
    const { approve, place, root, deps } = await openLibraryFixture(t, {
      [`${own}/a/one.md`]: standardText('a/one'),
    });
    approve('a/one', standardText('a/one'));
    const goneNow = async () => (await deps.library.standards.gone()).map(({ id }) => id);
    await rename(place('a/one'), path.join(root, 'elsewhere.md'));
    assert.deepEqual(await goneNow(), ['a/one']);
    await writeFile(place('a/one'), await readFile(path.join(root, 'elsewhere.md')));
    assert.deepEqual(await goneNow(), []);
    const folder = path.join(root, '.agent-os', 'standards');
    await rename(folder, path.join(root, 'kept'));
    await writeFile(folder, 'no folder');
    assert.deepEqual(await goneNow(), []);
  });
});
