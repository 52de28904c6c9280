import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { ReviewReport } from '../../src/capabilities/work/contract/index.ts';
import { startModelServer } from '../support/model-servers/index.ts';
import { exampleProject } from '../support/troupe/example-project.ts';
import { jobHistories } from '../support/troupe/stored-jobs.ts';
import { runTroupe, startTroupe } from '../support/troupe/troupe-process.ts';

/** Every file of the project but Troupe's own folder, with a hash of its bytes. */
async function userFiles(root: string): Promise<Record<string, string>> {
  const found = await readdir(root, { recursive: true, withFileTypes: true });
  const files = found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith(join(root, '.agent-os')))
    .sort();
  const hashed = files.map(
    async (path) =>
      [
        path,
        createHash('sha256')
          .update(await readFile(path))
          .digest('hex'),
      ] as const,
  );
  return Object.fromEntries(await Promise.all(hashed));
}

// Windows has no such signal for one process to send another.
const onPosix = { skip: process.platform === 'win32' };

describe('the main job, from a terminal', () => {
  it('[X1] [X5] reviews a project that was never seen, with no key, and every finding stands where it says', async (t) => {
    const project = await exampleProject(t);
    const before = await userFiles(project.root);
    const { code, stdout, stderr } = await runTroupe(t, project, ['ask', '@security review src', '--json']);
    assert.equal(code, 0, stderr);
    const report = JSON.parse(stdout) as ReviewReport;
    assert.deepEqual([report.status, report.persona, report.offline], ['complete', 'security', true]);
    assert.match(report.result!, /^\*\*security · offline reviewer\*\*/);
    const verified = report.findings.filter(({ place_verified: placed }) => placed);
    assert.ok(verified.length >= 5, `${verified.length} findings`);
    for (const { file, line, quote, evidence, why, remedy } of verified) {
      assert.match(file, /^src\//);
      const found = (await readFile(join(project.root, file), 'utf8')).split('\n')[line - 1];
      const [quoted = ''] = quote.split('\n');
      for (const shown of quoted.split(/\[redacted: [^\]]+\]|…/))
        assert.ok(found?.includes(shown.trim()), `${file}:${line} ${quoted}`);
      assert.ok(evidence !== null && why.length > 0 && remedy.length > 0);
    }
    assert.match(stderr, /%/, 'progress goes to standard error');
    assert.deepEqual(await userFiles(project.root), before);
    const own = await readdir(join(project.root, '.agent-os'));
    assert.deepEqual(
      own.filter((name) => !name.startsWith('troupe.db')),
      ['.cache', '.gitignore'],
    );
  });

  it('[A16] says which persona was meant by a mistyped name, and makes no job', async (t) => {
    const project = await exampleProject(t);
    const { code, stderr } = await runTroupe(t, project, ['ask', '@securty review src']);
    assert.equal(code, 3);
    assert.match(stderr, /personas\.unknown: .*security/s);
    assert.equal(jobHistories(project.root).size, 0);
  });

  it('[A4] Ctrl-C stops the model in flight, cancels the job and keeps what there is', onPosix, async (t) => {
    const project = await exampleProject(t);
    const text = ['The first half of a review. ', 'The second half.'];
    const server = await startModelServer(t, 'anthropic', () => ({ text, ends: 'stalled' }));
    const asking = startTroupe(t, project, ['ask', '@security review src', '--json'], server.env);
    asking.child.stdin.end();
    await asking.err.next(/generating/);
    asking.child.kill('SIGINT');
    const { code, stdout } = await asking.finished;
    const { status, job_id: jobId, partial_result: partial } = JSON.parse(stdout) as ReviewReport;
    assert.deepEqual([status, code], ['cancelled', 130]);
    assert.match(partial!, /The first half of a review/);
    await server.disconnected.next();
    assert.deepEqual(jobHistories(project.root).get(jobId)?.endings, ['jobs.cancelled']);
  });

  it('[A5] works when five processes make the first use of a project together', async (t) => {
    const project = await exampleProject(t);
    const first = Array.from({ length: 5 }, () =>
      runTroupe(t, project, ['ask', '--detach', '@qa review test']),
    );
    const finished = await Promise.all(first);
    for (const { code, stdout, stderr } of finished) {
      assert.equal(code, 0, stderr);
      assert.match(stdout, /^[0-9a-f-]{36}\n$/);
    }
    const histories = jobHistories(project.root);
    assert.deepEqual(new Set(histories.keys()), new Set(finished.map(({ stdout }) => stdout.trim())));
  });
});
