import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { startModelServer } from '../support/model-servers/index.ts';
import { exampleProject } from '../support/troupe/example-project.ts';
import { runTroupe, startTroupe } from '../support/troupe/troupe-process.ts';

describe('[A6] a job whose worker was killed', () => {
  it('is shown as running without a sign of life, with when another takes it up', async (t) => {
    const project = await exampleProject(t);
    const stalled = { text: ['Half of it. ', 'x'], ends: 'stalled' } as const;
    const server = await startModelServer(t, 'anthropic', () => stalled);
    // A lease that outlives the test.
    const env = { ...server.env, TROUPE_JOBS_LEASE_MS: '600000' };
    const asking = startTroupe(t, project, ['ask', '@qa review src'], env);
    asking.child.stdin.end();
    await asking.err.next(/generating/);
    await asking.crash();
    // As if a minute had gone by: a lease ends so long after the last sign of life.
    const database = new DatabaseSync(join(project.root, '.agent-os', 'troupe.db'));
    database.exec("UPDATE jobs SET lease_until = lease_until - 60000 WHERE status = 'running'");
    database.close();

    const list = await runTroupe(t, project, ['jobs', 'list'], env);
    assert.match(list.stdout, / running, silent for \d+ s {2}qa /);
    const shortId = /^([0-9a-f]{4}) {2}running/m.exec(list.stdout)![1]!;
    const shown = await runTroupe(t, project, ['jobs', 'show', shortId], env);
    assert.match(
      shown.stdout,
      /^No sign of life from its worker for \d+ seconds?; another worker may take it up in \d+ seconds\.$/m,
    );
    const data = await runTroupe(t, project, ['jobs', 'show', shortId, '--json'], env);
    const { status, takeover_in_seconds: left } = JSON.parse(data.stdout) as Record<string, unknown>;
    assert.equal(status, 'running');
    assert.ok(typeof left === 'number' && left > 0 && left <= 540);
  });
});
