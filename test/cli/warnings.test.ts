import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exampleProject } from '../support/troupe/example-project.ts';
import { runTroupe, startTroupe } from '../support/troupe/troupe-process.ts';

describe('[X9] what goes wrong beside a command', () => {
  it('is one plain line with what to do, where no terminal is; --debug adds the facts', async (t) => {
    const project = await exampleProject(t, { empty: true });
    await project.write('.agent-os/.cache', 'in the way');
    const search = ['standards', 'search', 'errors', '--set', 'embeddings.model=off'];
    const { code, stdout, stderr } = await runTroupe(t, project, search);
    assert.equal(code, 0);
    assert.match(stdout, /The index is kept in memory only/);
    const lines = stderr.trimEnd().split('\n');
    assert.equal(lines.length, 1, stderr);
    assert.match(lines[0]!, /^warning: The index is kept in memory only: .*standards\.db .*\. [A-Z].*\.$/);
    const debug = await runTroupe(t, project, [...search, '--debug']);
    assert.match(debug.stderr, /^warning: [^]*"code": "search\.index_in_memory"/);
  });

  it('is told alike by every command about settings that are left out', async (t) => {
    const project = await exampleProject(t, { empty: true });
    for (const args of [
      ['standards', 'list'],
      ['config', 'explain', 'jobs.workers'],
    ]) {
      const { stderr } = await runTroupe(t, project, args, { TROUPE_JOBS_WORKER: '1' });
      assert.match(stderr, /^warning: env TROUPE_JOBS_WORKER: .* did you mean jobs\.workers\?\n$/);
    }
  });

  it('is logged as JSON by a process that stays', async (t) => {
    const project = await exampleProject(t, { empty: true });
    const { child, err, finished } = startTroupe(t, project, ['worker'], { TROUPE_JOBS_WORKER: '1' });
    const line = await err.next(/^\{/);
    assert.partialDeepStrictEqual(JSON.parse(line), { level: 'warn' });
    await err.next(/^Working on jobs/);
    child.kill('SIGTERM');
    await finished;
  });
});
