import assert from 'node:assert/strict';
import { it } from 'node:test';
import { checkHealth } from './check-health.ts';
import { openLibraryFixture, own, shipped, standardText } from './library-fixture.ts';
import { lintStandards } from './lint-standards.ts';
import { listStandards } from './list-standards.ts';
import { showStandard } from './show-standard.ts';

it('[X9] list, show, lint and health say it when the folder of standards cannot be read', async (t) => {
  const { call } = await openLibraryFixture(t, {
    [own]: 'a file in its place',
    [`${shipped}/architecture/errors.md`]: standardText('architecture/errors'),
  });
  const unread = { file: '.agent-os/standards', reason: 'it is not a folder' };
  const problem = { file: unread.file, line: null, severity: 'error', message: unread.reason };
  assert.deepEqual((await call(listStandards, {})).unusable, [unread]);
  assert.deepEqual((await call(lintStandards, {})).problems, [problem]);
  assert.deepEqual((await call(checkHealth, {})).unusable, [unread]);
  const { layer, problems } = await call(showStandard, { standard: 'architecture/errors' });
  assert.deepEqual([layer, problems], ['universal', [problem]]);
  await assert.rejects(call(showStandard, { standard: 'architecture/caching' }), {
    code: 'standards.unusable',
  });
});
