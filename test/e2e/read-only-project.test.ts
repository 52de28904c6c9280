import assert from 'node:assert/strict';
import { copyFile, readdir, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it, type TestContext } from 'node:test';
import { diagnosis } from '../../src/capabilities/setup/contract/index.ts';
import type { ExampleProject } from '../support/troupe/example-project.ts';
import { boundProject, forbidWriting } from '../support/troupe/read-only.ts';
import { atTerminal } from '../support/troupe/terminal.ts';
import { connectTroupe } from '../support/troupe/troupe-client.ts';
import { runTroupe } from '../support/troupe/troupe-process.ts';

const onPosix = { skip: process.platform === 'win32' ? 'rights on folders are lists on Windows' : false };
const standard = 'architecture/error-responses';

/** What a command that must succeed answers, and what it says beside. */
async function asked(t: TestContext, project: ExampleProject, ...args: string[]) {
  const { code, stdout, stderr } = await runTroupe(t, project, [...args, '--json']);
  assert.equal(code, 0, stderr);
  return { answer: JSON.parse(stdout) as Record<string, unknown>, stderr };
}

/** The error of a command that must fail. */
async function refused(t: TestContext, project: ExampleProject, ...args: string[]) {
  const { stdout } = await runTroupe(t, project, [...args, '--json']);
  return (JSON.parse(stdout) as { error: { code: string; message: string } }).error;
}

async function diagnose(t: TestContext, project: ExampleProject, subject: string) {
  const { stdout } = await runTroupe(t, project, ['doctor', '--json']);
  return diagnosis.parse(JSON.parse(stdout)).checks.filter((check) => check.subject === subject);
}

const approvalOf = async (t: TestContext, project: ExampleProject) =>
  (await asked(t, project, 'standards', 'show', standard)).answer['approval'];

/** Has the standard of the example proposed and approved. */
async function approve(t: TestContext, project: ExampleProject): Promise<void> {
  await asked(t, project, 'ask', '@architect review .');
  for (const act of ['show', 'approve']) {
    const { code, screen } = await atTerminal(t, project, ['inbox', act, '1']).finished;
    assert.equal(code, 0, screen);
  }
}

const statesOf = ({ root }: ExampleProject) => join(dirname(root), 'home', '.local/state/troupe/projects');

describe('a project that cannot be written', onPosix, () => {
  it('is read, asked about and worked on, with its state in a folder of the user that all processes share', async (t) => {
    const project = await boundProject(t);
    if (project === undefined) return;
    const before = await readdir(project.root);
    await forbidWriting(t, project.root);
    const ide = await connectTroupe(t, project);
    const { answer: report, stderr } = await asked(t, project, 'ask', '@architect review .');
    assert.equal(report['status'], 'complete');
    const [name, ...others] = await readdir(statesOf(project));
    assert.deepEqual(others, []);
    const state = join(statesOf(project), name!);
    assert.match(name!, /^project-[0-9a-f]{16}$/);
    assert.equal((await stat(state)).mode & 0o777, 0o700);
    const notices = stderr.split('\n').filter((line) => line.includes('cannot be written'));
    assert.deepEqual(notices, [
      `warning: .agent-os of this project cannot be written (EACCES): what Troupe keeps of it lies in ${state}.`,
    ]);

    const { jobs } = (await asked(t, project, 'jobs', 'list')).answer as { jobs: { job_id: string }[] };
    assert.equal(
      (await ide.ended(jobs[0]!.job_id)).status,
      'complete',
      'the server sees the job of the command',
    );
    assert.match(await ide.log.next(/cannot be written/), new RegExp(name!));
    await asked(t, project, 'standards', 'list');
    const [doctored] = await diagnose(t, project, 'project');
    assert.equal(doctored!.state, 'warning');
    assert.ok(doctored!.message.includes('cannot be written (EACCES)') && doctored!.message.endsWith(state));
    assert.deepEqual(await readdir(project.root), before);
  });

  it('takes no approval and no set-up, and what was asked still waits', async (t) => {
    const project = await boundProject(t);
    if (project === undefined) return;
    await forbidWriting(t, project.root);
    await asked(t, project, 'ask', '@architect review .');
    assert.equal((await atTerminal(t, project, ['inbox', 'show', '1']).finished).code, 0);
    const approved = await atTerminal(t, project, ['inbox', 'approve', '1']).finished;
    assert.equal(approved.code, 7, approved.screen);
    assert.match(approved.screen, /files\.not_writable: \.agent-os\/troupe\.db cannot be written \(EACCES\)/);
    const { requests } = (await asked(t, project, 'inbox')).answer as { requests: { status: string }[] };
    assert.deepEqual(
      requests.map(({ status }) => status),
      ['waiting'],
    );
    assert.equal((await refused(t, project, 'init')).code, 'files.not_writable');
  });

  it('says so when there is no other place either, and takes one that is named', async (t) => {
    const project = await boundProject(t);
    if (project === undefined) return;
    const home = join(dirname(project.root), 'home');
    await forbidWriting(t, project.root);
    await forbidWriting(t, home);
    const { code, message } = await refused(t, project, 'jobs', 'list');
    assert.equal(code, 'user.no_state_folder');
    assert.ok(
      message.includes(join(project.root, '.agent-os')) && message.includes(statesOf(project)),
      message,
    );
    const [found] = await diagnose(t, project, 'project');
    assert.deepEqual([found!.state, found!.code], ['broken', code]);
    const env = { XDG_STATE_HOME: dirname(project.root) };
    const listed = await runTroupe(t, project, ['jobs', 'list'], env);
    assert.equal(listed.code, 0, listed.stderr);
  });
});

describe('a project with a database that cannot be written', onPosix, () => {
  it('[A10] goes by the approvals in it, the newest of other processes too, and shows none of its jobs', async (t) => {
    const project = await boundProject(t);
    if (project === undefined) return;
    const database = join(project.root, '.agent-os', 'troupe.db');
    await asked(t, project, 'jobs', 'list');
    // While somebody has it open, what is written stays in the log beside it.
    const held = new DatabaseSync(database);
    held.exec('SELECT count(*) FROM jobs');
    await approve(t, project);
    assert.ok((await stat(`${database}-wal`)).size > 0);
    const log = join(dirname(project.root), 'log');
    await copyFile(`${database}-wal`, log);
    let allow = await forbidWriting(t, project.root);
    assert.equal(await approvalOf(t, project), 'approved');
    const { answer, stderr } = await asked(t, project, 'jobs', 'list');
    assert.equal(answer['total_count'], 0);
    assert.match(
      stderr,
      /Approvals in \.agent-os\/troupe\.db count; the jobs and the inbox in it are not shown/,
    );
    const { client } = await connectTroupe(t, project);
    const { resources } = await client.listResources();
    assert.deepEqual(
      resources.map(({ name }) => name),
      [standard],
    );

    await allow();
    held.close();
    allow = await forbidWriting(t, project.root);
    assert.equal(await approvalOf(t, project), 'approved', 'also when all is in the file itself');
    const retired = await atTerminal(t, project, ['standards', 'retire', standard, '--because', 'old'])
      .finished;
    assert.match(retired.screen, /files\.not_writable/);
    const [own, ofProject] = await diagnose(t, project, 'database');
    assert.ok(own!.message.startsWith(statesOf(project)));
    assert.match(ofProject!.message, /^\.agent-os\/troupe\.db: read only for its approvals, of 1 standard$/);

    await allow();
    await copyFile(log, `${database}-wal`);
    await forbidWriting(t, project.root);
    const { code } = await refused(t, project, 'standards', 'show', standard);
    assert.equal(code, 'database.unreadable', 'a log that cannot be read may hold approvals');
    assert.equal((await diagnose(t, project, 'database'))[1]!.code, code);
  });
});

describe('a project that can be written again', onPosix, () => {
  it('has its state in .agent-os, and tells of what was kept elsewhere until it is moved', async (t) => {
    const project = await boundProject(t);
    if (project === undefined) return;
    const allow = await forbidWriting(t, project.root);
    await asked(t, project, 'ask', '@security review src');
    await allow();
    const { answer, stderr } = await asked(t, project, 'jobs', 'list');
    assert.equal(answer['total_count'], 0);
    const [name] = await readdir(statesOf(project));
    const state = join(statesOf(project), name!);
    assert.ok(stderr.includes(`${state} holds 1 job from`), stderr);
    const [, told] = await diagnose(t, project, 'project');
    assert.ok(told!.message.includes(`${state} holds 1 job from`), told!.message);
    await rename(join(state, 'troupe.db'), join(project.root, '.agent-os', 'troupe.db'));
    assert.equal((await asked(t, project, 'jobs', 'list')).answer['total_count'], 1);
  });
});
