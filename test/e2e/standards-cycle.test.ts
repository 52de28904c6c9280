import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { exampleProject, type ExampleProject } from '../support/troupe/example-project.ts';
import { atTerminal } from '../support/troupe/terminal.ts';
import { connectTroupe, type TroupeClient } from '../support/troupe/troupe-client.ts';
import { runTroupe } from '../support/troupe/troupe-process.ts';

interface Found {
  results: {
    file: string;
    section: string;
    relevance: number;
    reason: string;
    citation: string;
    approval: string;
  }[];
  method: string;
}

const question = 'how do I report errors from an endpoint';
const standard = '.agent-os/standards/architecture/error-responses.md';

async function repository(t: TestContext): Promise<ExampleProject> {
  const project = await exampleProject(t);
  const git = (...args: string[]) =>
    promisify(execFile)('git', args, { cwd: project.root, env: project.env });
  await git('init', '-q');
  await git('add', '.');
  await git('-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '-qm', 'shop');
  return project;
}

/** Types one command at a terminal; it must succeed. */
async function person(t: TestContext, project: ExampleProject, ...args: string[]): Promise<string> {
  const { code, screen } = await atTerminal(t, project, args).finished;
  assert.equal(code, 0, screen);
  return screen;
}

/** Resolves to the first answer whose best hit is the project's standard; searching is how an agent would notice it. */
async function foundFirst(client: TroupeClient): Promise<Found['results'][number]> {
  for (;;) {
    const { results } = await client.call<Found>('search_standards', { query: question });
    if (results[0]?.file === standard) return results[0];
  }
}

describe('a standard, from the review that proposes it to the change that is held to it', () => {
  it('[A10] [A11] [A12] [X8] is proposed, shown, approved at a terminal, found, cited, checked and exported', async (t) => {
    const project = await repository(t);
    // The IDE's server, started before there is any standard of the project.
    const ide = await connectTroupe(t, project);
    const before = await ide.call<Found>('search_standards', { query: question });
    assert.ok(before.results.every(({ file }) => file !== standard));

    const jobId = await ide.invoke('architect', { task: 'review .' });
    const review = await ide.ended(jobId);
    assert.match(review.result!, /Proposed as a standard:.* at \d+ places .*`troupe inbox show 1`/);
    assert.match(
      await person(t, project, 'inbox'),
      /1 {2}Standard: architecture\/error-responses +architect/,
    );
    const shown = await person(t, project, 'inbox', 'show', '1');
    assert.match(shown, /Evidence: 10 places: src\/admin\.ts:\d+/);
    assert.match(shown, /# One shape for error responses/);

    const startedAt = performance.now();
    assert.match(await person(t, project, 'inbox', 'approve', '1'), new RegExp(`Written: ${standard}`));
    const writtenAt = performance.now();
    const hit = await foundFirst(ide);
    t.diagnostic(
      `approved in ${Math.round(writtenAt - startedAt)} ms, found ${Math.round(performance.now() - writtenAt)} ms later`,
    );
    assert.equal(hit.approval, 'approved');
    assert.match(hit.citation, /^\.agent-os\/standards\/architecture\/error-responses\.md:\d+ \(/);
    assert.ok(hit.relevance > 0 && hit.reason.length > 0 && hit.section.length > 0);

    const again = await ide.ended(await ide.invoke('architect', { task: 'review src/orders.ts' }));
    assert.match(again.result!, /Standard: `\.agent-os\/standards\/architecture\/error-responses\.md:\d+/);

    await project.write(
      'src/refunds.ts',
      `import type { ServerResponse } from 'node:http';\nimport { json } from './http.ts';\n\nexport function refund(res: ServerResponse) {\n  json(res, 200, { ok: false, errors: ['no refund'] });\n}\n`,
    );
    await promisify(execFile)('git', ['add', 'src/refunds.ts'], { cwd: project.root, env: project.env });
    const check = await runTroupe(t, project, ['check', '--staged']);
    assert.equal(check.code, 8, check.stderr);
    assert.match(check.stdout, /src\/refunds\.ts:5/);
    assert.match(check.stdout, /architecture\/error-responses/);

    for (const client of ['cursor', 'claude', 'copilot', 'agents-md']) {
      const first = await runTroupe(t, project, ['export', client]);
      assert.equal(first.code, 0, first.stderr);
      const second = await runTroupe(t, project, ['export', client, '--check']);
      assert.equal(second.code, 0, `${second.stdout}${second.stderr}`);
    }
    assert.match(await readFile(join(project.root, 'AGENTS.md'), 'utf8'), /architecture\/error-responses/);
  });

  it('[A10] keeps each revision, writes what the person edited, and never what was changed after approval', async (t) => {
    const project = await repository(t);
    const ide = await connectTroupe(t, project);
    await ide.ended(await ide.invoke('architect', { task: 'review .' }));
    const edit = atTerminal(t, project, ['inbox', 'edit', '1'], {
      // An editor that adds a line, as a person would.
      VISUAL: '',
      EDITOR: `sed -i "s/^# One shape for error responses$/# Errors have one shape/"`,
    });
    await edit.until(/Approve the text as changed\?/);
    edit.type('y');
    const { code, screen } = await edit.finished;
    assert.equal(code, 0, screen);
    const text = await readFile(join(project.root, standard), 'utf8');
    assert.match(text, /^# Errors have one shape$/m);
    assert.match(text, /^approved_by: /m);
    await project.write(standard, text.replace('Errors have one shape', 'Errors have any shape'));
    for (;;) {
      const { results } = await ide.call<Found>('search_standards', { query: 'errors have any shape' });
      const hit = results.find(({ file }) => file === standard);
      if (hit?.approval === 'changed') break;
    }
    const again = await ide.ended(await ide.invoke('architect', { task: 'review src/orders.ts' }));
    assert.doesNotMatch(
      again.result!,
      /Standard: `\.agent-os\/standards\/architecture\/error-responses\.md.*approved\]/,
    );
  });

  it('[A12] [A13] what a person adopts is found as approved by the next search, here and in other processes', async (t) => {
    const project = await exampleProject(t);
    const file = '.agent-os/standards/data/instants.md';
    const parts = ['Context', 'Pattern', 'Examples', 'Anti-patterns', 'When to revisit'];
    const text = `# Instants\n\nStore every instant in UTC.\n\n${parts.map((part) => `## ${part}\n\nx\n`).join('\n')}`;
    await project.write(file, text);
    const ide = await connectTroupe(t, project);
    const query = 'store every instant in UTC';
    const stateIn = ({ results }: Found) => results.find((hit) => hit.file === file)?.approval;
    assert.equal(stateIn(await ide.call<Found>('search_standards', { query })), 'unapproved');
    const adopting = atTerminal(t, project, ['standards', 'adopt', 'data/instants']);
    await adopting.until(/Approve exactly this text\?/);
    adopting.type('y');
    assert.equal((await adopting.finished).code, 0);
    assert.equal(stateIn(await ide.call<Found>('search_standards', { query })), 'approved');
    const other = await runTroupe(t, project, ['standards', 'search', query, '--json']);
    assert.equal(stateIn(JSON.parse(other.stdout) as Found), 'approved', other.stderr);

    await person(t, project, 'standards', 'retire', 'data/instants', '--because', 'the driver does it');
    const database = new DatabaseSync(join(project.root, '.agent-os/troupe.db'), { readOnly: true });
    t.after(() => database.close());
    const events = database.prepare("SELECT payload FROM events WHERE name = 'standards.retired'").all();
    assert.equal(events.length, 1);
    assert.partialDeepStrictEqual(JSON.parse(String(events[0]!['payload'])), { id: 'data/instants', file });
    const metrics = await runTroupe(t, project, ['metrics', '--json']);
    const { standards } = JSON.parse(metrics.stdout) as { standards: { approved: number; retired: number } };
    assert.deepEqual([standards.approved, standards.retired], [1, 1]);

    // What git brings back is not approved again by itself.
    await project.write(file, text);
    const listed = await runTroupe(t, project, ['standards', 'adopt']);
    assert.match(listed.stdout, /instants\.md \(\d+ bytes, this text was retired by .+ on \d{4}-/);
    const checked = await runTroupe(t, project, ['standards', 'list', '--json']);
    const entries = (JSON.parse(checked.stdout) as { standards: { id: string; approval: string }[] })
      .standards;
    assert.notEqual(entries.find(({ id }) => id === 'data/instants')?.approval, 'approved');
  });

  it('[A10] a rejection is final and keeps its reason', async (t) => {
    const project = await repository(t);
    const ide = await connectTroupe(t, project);
    await ide.ended(await ide.invoke('architect', { task: 'review .' }));
    assert.match(
      await person(t, project, 'inbox', 'reject', '1', '--because', 'we use problem details'),
      /[Rr]ejected/,
    );
    const late = await atTerminal(t, project, ['inbox', 'approve', '1']).finished;
    assert.notEqual(late.code, 0);
    assert.match(late.screen, /approvals\.already_decided/);
    await ide.ended(await ide.invoke('architect', { task: 'review .' }));
    const inbox = await runTroupe(t, project, ['inbox', '--json']);
    assert.equal(inbox.code, 0, inbox.stderr);
    const { requests } = JSON.parse(inbox.stdout) as { requests: unknown[] };
    assert.deepEqual(requests, [], 'what was rejected is not proposed again');
  });
});
