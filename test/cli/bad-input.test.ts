import assert from 'node:assert/strict';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { startModelServer } from '../support/model-servers/index.ts';
import { exampleProject, type ExampleProject } from '../support/troupe/example-project.ts';
import { runTroupe, startTroupe } from '../support/troupe/troupe-process.ts';

interface Refusal {
  code: string;
  message: string;
  remedy: string;
  details: Record<string, unknown>;
}

/** Runs a command that must be refused: the same error as a line for people and as data, with a remedy. */
async function refusal(
  t: TestContext,
  project: ExampleProject,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Refusal & { exitCode: number | null }> {
  const { code, stdout, stderr } = await runTroupe(t, project, [...args, '--json'], env);
  const { error } = JSON.parse(stdout) as { error: Refusal };
  assert.ok(error.remedy.length > 0);
  assert.ok(stderr.includes(`${error.code}: `), stderr);
  assert.doesNotMatch(stderr, /\n\s+at /, 'no stack without --debug');
  return { ...error, exitCode: code };
}

describe('the command line refuses', () => {
  const refusals: [what: string, args: string[], code: string, exitCode: number, message: RegExp][] = [
    [
      'an unknown persona, with the nearest',
      ['ask', '@securty review src'],
      'personas.unknown',
      3,
      /securty/,
    ],
    ['a question to nobody', ['ask', 'what is this'], 'cli.no_persona', 2, /what is this/],
    [
      'two personas at once',
      ['ask', '@security @qa review src'],
      'cli.one_persona',
      2,
      /security.*qa.*call of its own/,
    ],
    [
      'two personas, with an and',
      ['ask', '@security and @QA Engineer review src'],
      'cli.one_persona',
      2,
      /one persona/,
    ],
    [
      'a setting nobody knows, with the nearest',
      ['config', 'explain', 'jobs.workes'],
      'cli.unknown_setting',
      3,
      /jobs\.workers/,
    ],
    [
      'the name of no setting at all',
      ['config', 'explain', 'nosuch'],
      'cli.unknown_setting',
      3,
      /"nosuch"\. `troupe config/,
    ],
    [
      'a mistyped persona within a sentence, with the nearest',
      ['ask', 'hey @secuirty can you review src'],
      'personas.unknown',
      3,
      /security/,
    ],
    ['a group without its command', ['jobs'], 'cli.usage', 2, /troupe jobs needs a command: .*list/],
    ['an empty task', ['ask', '@security'], 'jobs.empty_task', 2, /security/],
    ['an empty question', ['ask', ' '], 'cli.nothing_asked', 2, /no task/],
    [
      'a path outside the project',
      ['ask', '@security review ../home'],
      'files.outside_project',
      5,
      /\.\.\/home/,
    ],
    [
      'a bad priority',
      ['ask', '@qa review src', '--priority', 'urgent'],
      'input.invalid',
      2,
      /low.*normal.*high/,
    ],
    ['a bad severity', ['ask', '@qa review src', '--fail-on', 'bad'], 'cli.bad_severity', 2, /bad/],
    [
      'an unreadable context',
      ['ask', '@qa review src', '--context', 'nope.txt'],
      'cli.context_unreadable',
      2,
      /nope\.txt.*ENOENT/,
    ],
    ['an unknown job', ['jobs', 'show', 'ffff'], 'jobs.not_found', 3, /ffff/],
    ['a reset without confirmation', ['jobs', 'reset'], 'jobs.confirmation_required', 2, /0 ended jobs/],
    ['a setting of another form', ['jobs', 'list', '--set', 'workers'], 'cli.bad_setting', 2, /workers/],
    [
      'a setting of another kind',
      ['jobs', 'list', '--set', 'jobs.workers=many'],
      'config.invalid',
      2,
      /jobs\.workers/,
    ],
    [
      'help for an unknown command',
      ['help', 'jbos'],
      'cli.usage',
      2,
      /no command "jbos" \(did you mean jobs\?\)/,
    ],
    ['help for an unknown one of a group', ['help', 'jobs', 'lst'], 'cli.usage', 2, /"jobs lst".*list/],
    ['an unknown command, with the nearest', ['jbos'], 'cli.usage', 2, /jbos.*jobs/],
    ['an unknown option', ['jobs', 'list', '--foo'], 'cli.usage', 2, /--foo/],
    ['a missing argument', ['jobs', 'show'], 'cli.usage', 2, /job-id/],
    ['a question without ask', ['@security review src'], 'cli.ask_missing', 2, /@security review src/],
    [
      'a project that is not there',
      ['jobs', 'list', '--project', 'nowhere'],
      'files.not_found',
      3,
      /nowhere/,
    ],
    ['a trust without a person', ['personas', 'trust', 'dba'], 'call.needs_person', 5, /dba/],
  ];
  it('each with its code, exit code and a remedy, as data on request', async (t) => {
    const project = await exampleProject(t);
    await project.write(
      '.agent-os/personas/dba.md',
      '---\nname: dba\ndescription: Looks at schemas.\n---\nBe exact.\n',
    );
    for (const [what, args, code, exitCode, message] of refusals) {
      const found = await refusal(t, project, args);
      assert.deepEqual([found.code, found.exitCode], [code, exitCode], what);
      assert.match(`${found.message} ${found.remedy}`, message, what);
    }
    const jobs = await runTroupe(t, project, ['jobs', 'list', '--json']);
    assert.equal((JSON.parse(jobs.stdout) as { total_count: number }).total_count, 0);
  });

  it('a context over the limit, piped in or from a file, with both figures', async (t) => {
    const project = await exampleProject(t);
    const piped = startTroupe(t, project, ['ask', '@qa review src', '--json']);
    piped.child.stdin.end('x'.repeat(150_000));
    const { code, stdout } = await piped.finished;
    const { error } = JSON.parse(stdout) as { error: Refusal };
    assert.deepEqual([code, error.code], [6, 'jobs.context_too_large']);
    assert.match(error.message, /150000 bytes.*100000/);
    const file = join(project.env['HOME']!, 'big.txt');
    await writeFile(file, 'x'.repeat(10_000_001));
    const large = await refusal(t, project, ['ask', '@qa review src', '--context', file]);
    assert.deepEqual([large.code, large.exitCode], ['cli.context_too_large', 6]);
    assert.match(large.message, /10000001 bytes.*10000000/);
  });

  it('a context that is binary or UTF-16, from a file or piped in', async (t) => {
    const project = await exampleProject(t);
    const binary = Buffer.from(Array.from({ length: 3_000 }, (_, at) => (at * 151) % 256));
    for (const bytes of [binary, Buffer.from('\uFEFFreview this', 'utf16le')]) {
      await writeFile(join(project.root, 'src', 'bin.dat'), bytes);
      const named = await refusal(t, project, ['ask', '@qa review src', '--context', 'src/bin.dat']);
      assert.deepEqual([named.code, named.exitCode], ['jobs.not_text', 2]);
      assert.match(`${named.message} ${named.remedy}`, /The context is not text.*UTF-8/);
      const piped = startTroupe(t, project, ['ask', '@qa review src', '--json']);
      piped.child.stdin.end(bytes);
      const { code, stdout } = await piped.finished;
      assert.deepEqual([code, (JSON.parse(stdout) as { error: Refusal }).error.code], [2, 'jobs.not_text']);
    }
  });

  it('a job over the limits of the queue and of the minute', async (t) => {
    const project = await exampleProject(t);
    const ask = ['ask', '@qa review src', '--detach'];
    await runTroupe(t, project, ask);
    const full = await refusal(t, project, [...ask, '--set', 'jobs.max_waiting=1']);
    assert.deepEqual([full.code, full.exitCode], ['jobs.queue_full', 6]);
    const often = await refusal(t, project, [...ask, '--set', 'jobs.max_created_per_minute=1']);
    assert.deepEqual([often.code, often.exitCode], ['jobs.rate_limited', 6]);
  });

  it('a damaged database, and touches nothing', async (t) => {
    const project = await exampleProject(t);
    const folder = join(project.root, '.agent-os');
    await mkdir(folder);
    await writeFile(join(folder, 'troupe.db'), 'no database');
    const found = await refusal(t, project, ['ask', '@qa review src']);
    assert.deepEqual([found.code, found.exitCode], ['database.corrupted', 1]);
    assert.equal(await readFile(join(folder, 'troupe.db'), 'utf8'), 'no database');
    assert.deepEqual((await readdir(folder)).sort(), ['.gitignore', 'troupe.db']);
  });

  it('[X2] a wrong key by failing the job with the name of its variable, never the key', async (t) => {
    const project = await exampleProject(t);
    const server = await startModelServer(t, 'anthropic', []);
    const env = { ...server.env, ANTHROPIC_API_KEY: 'wrong-key-1234567890' };
    const { code, stdout, stderr } = await runTroupe(t, project, ['ask', '@qa review src', '--json'], env);
    const report = JSON.parse(stdout) as { status: string; error: Refusal };
    assert.deepEqual([report.status, report.error.code, code], ['failed', 'models.key_refused', 5]);
    assert.match(report.error.message, /ANTHROPIC_API_KEY/);
    assert.doesNotMatch(stdout + stderr, /wrong-key/);
  });

  it('to let a project redirect calls, and says so', async (t) => {
    const project = await exampleProject(t);
    const right = await startModelServer(t, 'anthropic', () => ({ text: 'Looks fine.' }));
    const wrong = await startModelServer(t, 'anthropic', () => ({ text: 'Stolen.' }));
    const link = `{ provider: anthropic, model: ${right.model}, base_url: "${wrong.baseUrl}" }`;
    await project.write('.agent-os/config.yaml', `models:\n  chain:\n    - ${link}\n`);
    const { code, stderr } = await runTroupe(t, project, ['ask', '@qa review src'], right.env);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /config\.yaml:2.*models\.chain is ignored here/);
    assert.deepEqual([wrong.requests.length, right.requests.length > 0], [0, true]);
  });

  it('[A8] a persona file that is malformed, by file and line, and no other', async (t) => {
    const project = await exampleProject(t);
    await project.write('.agent-os/personas/odd.md', '---\nname: [\n---\nHello.\n');
    const { code, stdout } = await runTroupe(t, project, ['personas', 'check']);
    assert.equal(code, 2);
    assert.match(stdout, /^✗ \.agent-os\/personas\/odd\.md:\d+ {2}/m);
    assert.match(stdout, /^security +\d+ of 1500 tokens/m);
    const one = await runTroupe(t, project, ['personas', 'check', 'security']);
    assert.deepEqual([one.code, one.stdout.split('\n').length], [0, 3]);
  });
});

it('[X2] names the provider that is set up by half, and goes on without it', async (t) => {
  const project = await exampleProject(t);
  const { code, stderr } = await runTroupe(t, project, ['personas', 'list'], {
    AZURE_API_KEY: 'key-of-a-test',
  });
  assert.equal(code, 0);
  assert.match(stderr, /models\.base_url_missing: AZURE_API_KEY .* Set AZURE_RESOURCE_NAME/);
  assert.doesNotMatch(stderr, /key-of-a-test/);
});
