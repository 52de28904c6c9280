import assert from 'node:assert/strict';
import { rename } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { exampleProject } from '../support/troupe/example-project.ts';
import { atTerminal } from '../support/troupe/terminal.ts';
import { runTroupe } from '../support/troupe/troupe-process.ts';

describe('a project whose folder was moved', () => {
  it('[A5] [A10] keeps its jobs, its inbox and what was approved', async (t) => {
    const project = await exampleProject(t);
    await runTroupe(t, project, ['ask', '@architect review .']);
    const approved = await atTerminal(t, project, ['inbox', 'show', '1']).finished;
    assert.equal(approved.code, 0, approved.screen);
    assert.equal((await atTerminal(t, project, ['inbox', 'approve', '1']).finished).code, 0);
    const moved = { ...project, root: `${project.root}-moved` };
    await rename(project.root, moved.root);
    const jobs = await runTroupe(t, moved, ['jobs', 'list', '--json']);
    assert.equal((JSON.parse(jobs.stdout) as { total_count: number }).total_count, 1);
    const inbox = await runTroupe(t, moved, ['inbox', '--all', '--json']);
    assert.equal((JSON.parse(inbox.stdout) as { requests: unknown[] }).requests.length, 1);
    const shown = await runTroupe(t, moved, ['standards', 'show', 'architecture/error-responses', '--json']);
    assert.equal((JSON.parse(shown.stdout) as { approval: string }).approval, 'approved');
  });
});
