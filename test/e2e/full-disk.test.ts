import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { ReviewReport } from '../../src/capabilities/work/contract/index.ts';
import { startModelServer } from '../support/model-servers/index.ts';
import { exampleProject, type ExampleProject } from '../support/troupe/example-project.ts';
import { readStored, storedEvents } from '../support/troupe/stored-jobs.ts';
import { runTroupe } from '../support/troupe/troupe-process.ts';

const onLinux = { skip: process.platform === 'linux' ? false : 'small disks are mounted on Linux' };

/** Runs a test on the example shop with `.agent-os` on a small disk; skips it where none may be mounted, which CI does not accept. */
async function onSmallDisk(t: TestContext, test: (project: ExampleProject) => Promise<void>): Promise<void> {
  const project = await exampleProject(t);
  const disk = join(project.root, '.agent-os');
  await mkdir(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    assert.ok(process.env['CI'] !== 'true', 'a test disk could not be mounted; run as root');
    return t.skip('mounting a test disk needs root');
  }
  try {
    await test(project);
  } finally {
    execFileSync('umount', ['-l', disk]);
  }
}

const fillerOf = ({ root }: ExampleProject) => join(root, '.agent-os', 'filler');

/** Writes until the disk takes no byte more. */
function fill(project: ExampleProject): void {
  const file = openSync(fillerOf(project), 'w');
  try {
    for (const page = Buffer.alloc(4_096); ;) writeSync(file, page);
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC');
  } finally {
    closeSync(file);
  }
}

function assertWhole({ root }: ExampleProject): void {
  const row = readStored(root, (database) => database.prepare('PRAGMA integrity_check').get());
  assert.equal(row?.['integrity_check'], 'ok');
}
const remedy =
  /database\.disk_full: The disk that holds \.agent-os\/troupe\.db is full.*Free space on that disk/;

describe('a full disk', { ...onLinux }, () => {
  it('refuses a question with the error and its remedy, and makes no job', (t) =>
    onSmallDisk(t, async (project) => {
      await runTroupe(t, project, ['jobs', 'list']);
      fill(project);
      for (const more of [[], ['--detach']]) {
        const asked = await runTroupe(t, project, ['ask', '@security review src', ...more, '--json']);
        const { error } = JSON.parse(asked.stdout) as { error: { code: string; remedy: string } };
        assert.deepEqual([asked.code, error.code], [7, 'database.disk_full']);
        assert.match(asked.stderr, remedy);
      }
      await rm(fillerOf(project));
      assertWhole(project);
      assert.deepEqual(storedEvents(project.root), []);
      const { code, stderr } = await runTroupe(t, project, ['ask', '@security review src', '--json']);
      assert.equal(code, 0, stderr);
    }));

  it('in the middle of a review ends the command with the error, and what was finished is not done again', (t) =>
    onSmallDisk(t, async (project) => {
      const reading = { name: 'read_file', input: { path: 'src/server.ts' } };
      const server = await startModelServer(t, 'anthropic', ({ index }) => {
        if (index === 0) return { text: 'First I read the server.', toolCalls: [reading] };
        if (index === 1) fill(project);
        return { text: index === 1 ? 'A long answer. '.repeat(40_000) : 'Nothing to report.' };
      });
      const env = { ...server.env, TROUPE_JOBS_LEASE_MS: '1000', TROUPE_JOBS_HEARTBEAT_MS: '250' };
      const asked = await runTroupe(t, project, ['ask', '@security review src/server.ts', '--json'], env);
      assert.equal(asked.code, 7, asked.stderr);
      assert.match(asked.stderr, remedy);
      const [, shortId] = /`troupe jobs watch (\w+)`/.exec(asked.stderr)!;
      await rm(fillerOf(project));
      assertWhole(project);
      assert.equal(storedEvents(project.root).filter(({ name }) => name === 'jobs.completed').length, 0);

      const watched = await runTroupe(t, project, ['jobs', 'watch', shortId!, '--json'], env);
      const report = JSON.parse(watched.stdout) as ReviewReport;
      assert.deepEqual([watched.code, report.status], [0, 'complete'], watched.stderr);
      const turns = server.requests.map(({ assistantTurns }) => assistantTurns);
      assert.deepEqual(turns.slice(0, 3), [0, 1, 1], 'the turn that was stored is not asked for again');
    }));
});
