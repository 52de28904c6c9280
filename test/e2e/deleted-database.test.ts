import assert from 'node:assert/strict';
import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { startModelServer } from '../support/model-servers/index.ts';
import { exampleProject, type ExampleProject } from '../support/troupe/example-project.ts';
import { connectTroupe, type JobAnswer } from '../support/troupe/troupe-client.ts';
import { runTroupe, startTroupe } from '../support/troupe/troupe-process.ts';

const notOnWindows = { skip: process.platform === 'win32' && 'an open file cannot be deleted there' };

/** Deletes it from the project, by its relative path. Whole at once: a server makes a folder anew while it is being emptied. */
async function deleteWhole({ root }: ExampleProject, path: string): Promise<void> {
  const aside = `${root}-deleted`;
  await rename(join(root, path), aside);
  await rm(aside, { recursive: true });
}

/** What `git clean -fdX` deletes of Troupe's: all that `.agent-os/.gitignore` names. */
async function deleteIgnored(project: ExampleProject): Promise<void> {
  const files = ['troupe.db', 'troupe.db-shm', 'troupe.db-wal'];
  for (const name of files) await rm(join(project.root, '.agent-os', name), { force: true });
  await deleteWhole(project, '.agent-os/.cache').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  });
}

/** Ids of the jobs that a new process sees. */
async function jobsSeen(t: Parameters<typeof runTroupe>[0], project: ExampleProject): Promise<string[]> {
  const { stdout } = await runTroupe(t, project, ['jobs', 'list', '--json']);
  return (JSON.parse(stdout) as { jobs: { job_id: string }[] }).jobs.map(({ job_id }) => job_id);
}

describe('a server under which the database is deleted', notOnWindows, () => {
  it('[A5] puts the next job where every process sees it, and says so', async (t) => {
    const project = await exampleProject(t);
    const server = await connectTroupe(t, project);
    await server.ended(await server.invoke('qa', { task: 'review src/orders.ts' }));
    await deleteIgnored(project);
    const jobId = await server.invoke('security', { task: 'review src/orders.ts' });
    await server.log.next(/deleted or moved away.*No job in it was unfinished/);
    const other = await connectTroupe(t, project);
    assert.equal((await other.ended(jobId)).status, 'complete');
    assert.equal((await server.ended(jobId)).status, 'complete');
    assert.deepEqual(await jobsSeen(t, project), [jobId]);
  });

  it('[A5] finishes the jobs it accepted before, and refuses new ones as long', async (t) => {
    const project = await exampleProject(t);
    const release = Promise.withResolvers<undefined>();
    const beforeHeaders = () => release.promise;
    const model = await startModelServer(t, 'anthropic', () => ({
      text: 'The whole review.',
      beforeHeaders,
    }));
    const server = await connectTroupe(t, project, { env: model.env });
    const jobId = await server.invoke('security', { task: 'review src' });
    await model.requested.next();
    await deleteWhole(project, '.agent-os');
    assert.equal(await server.refused('invoke_qa', { task: 'review test' }), 'database.replaced');
    release.resolve(undefined);
    const done = await server.ended(jobId);
    assert.equal(done.status, 'complete', JSON.stringify(done.error));
    const next = await server.invoke('qa', { task: 'review test' });
    assert.deepEqual(await jobsSeen(t, project), [next]);
    const ignored = await readFile(join(project.root, '.agent-os', '.gitignore'), 'utf8');
    assert.match(ignored, /^troupe\.db\*$/m);
    await server.ended(next);
  });

  it('[A5] tells how a job it accepted before has ended, also to who asks after it uses the new file', async (t) => {
    const project = await exampleProject(t);
    const release = Promise.withResolvers<undefined>();
    const beforeHeaders = () => release.promise;
    const text = 'The whole review.';
    const model = await startModelServer(t, 'anthropic', () => ({ text, beforeHeaders }));
    const server = await connectTroupe(t, project, { env: model.env });
    const jobId = await server.invoke('security', { task: 'review src' });
    await model.requested.next();
    await deleteWhole(project, '.agent-os');
    const jobsShown = async () => {
      const { jobs } = await server.call<{ jobs: JobAnswer[] }>('list_persona_jobs');
      return jobs.map(({ job_id }) => job_id);
    };
    assert.deepEqual(await jobsShown(), [jobId], 'the old file is used while the job runs');
    release.resolve(undefined);
    // Each call looks whether the project can be opened anew.
    while ((await jobsShown()).length > 0);
    const done = await server.call<JobAnswer>('check_persona_job', { job_id: jobId });
    assert.equal(done.status, 'complete');
    assert.match(done.result!, /The whole review/);
    const { contents } = await server.client.readResource({ uri: `troupe://jobs/${jobId}` });
    assert.partialDeepStrictEqual(contents, [{ text: done.result }]);
    assert.deepEqual(await jobsSeen(t, project), [], 'what was deleted is not written back');
    assert.equal(await server.refused('retry_persona_job', { job_id: jobId }), 'jobs.not_found');
  });

  it('[A10] tells that the whole folder was moved away, and works again once it is back', async (t) => {
    const project = await exampleProject(t);
    const server = await connectTroupe(t, project);
    await server.ended(await server.invoke('qa', { task: 'review src/orders.ts' }));
    await rename(project.root, `${project.root}-away`);
    assert.equal(await server.refused('invoke_qa', { task: 'review src' }), 'files.project_gone');
    await rename(`${project.root}-away`, project.root);
    const { jobs } = await server.call<{ jobs: JobAnswer[] }>('list_persona_jobs');
    assert.equal(jobs.length, 1);
  });
});

it('[A5] a worker under which the database is deleted ends with the reason', notOnWindows, async (t) => {
  const project = await exampleProject(t);
  const worker = startTroupe(t, project, ['worker'], { TROUPE_JOBS_HEARTBEAT_MS: '300' });
  await worker.err.next(/^Working on jobs of/);
  await deleteIgnored(project);
  const { code, stderr } = await worker.finished;
  assert.equal(code, 4, stderr);
  assert.match(stderr, /database\.replaced/);
});
