import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bodyOf } from '../../../capabilities/proposals/testing.ts';
import { desk } from '../inbox/inbox-fixture.ts';
import { recordingTerminal } from '../testing.ts';

test('[A14] generate fails when a draft is refused, proposes the rest, and asks for nothing twice', async (t) => {
  const terminal = recordingTerminal();
  const { run, project } = await desk(t, terminal);
  const draftsOf = (...topics: string[]) => {
    const drafts = topics.map((topic) => ({ domain: 'go', topic, text: bodyOf(`About ${topic}.`) }));
    project.deps.proposals.languageDrafts = () => Promise.resolve({ languages: ['go'], drafts });
  };
  draftsOf('errors', 'tests');
  assert.equal(await run('standards', 'generate'), 0);
  assert.equal(await run('standards', 'generate'), 0, 'what waits already is no refusal');
  assert.equal(await run('inbox', 'show', '2'), 0);
  assert.equal(await run('inbox', 'reject', '2', '--because', 'We do it otherwise.'), 0);
  draftsOf('errors', 'packages', 'tests');
  assert.equal(await run('standards', 'generate'), 4);
  assert.match(
    terminal.written(),
    /^4 {2}go\/packages\b.*\n3 {2}go\/tests\b.*\n! {2}go\/errors: proposals\.rejected_before: josh rejected exactly this text/m,
  );
  assert.equal(await run('standards', 'generate', '--json'), 4);
});
