import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { metricsOutput } from '../../src/capabilities/analytics/contract/index.ts';
import { completionScript } from '../../src/capabilities/setup/contract/index.ts';
import type { ReviewReport } from '../../src/capabilities/work/contract/index.ts';
import { startModelServer } from '../support/model-servers/index.ts';
import { exampleProject } from '../support/troupe/example-project.ts';
import { runTroupe, startTroupe } from '../support/troupe/troupe-process.ts';

describe('the command line', () => {
  it('says in a few lines what it is for when nothing is asked, and everything with help', async (t) => {
    const project = await exampleProject(t, { empty: true });
    const short = await runTroupe(t, project, []);
    assert.equal(short.code, 0);
    assert.match(short.stdout, /troupe ask "@security review src"/);
    assert.ok(short.stdout.split('\n').length < 12);
    const help = await runTroupe(t, project, ['help']);
    for (const command of [
      'ask',
      'jobs',
      'personas',
      'init',
      'mcp',
      'worker',
      'metrics',
      'config',
      'doctor',
      'completion',
    ])
      assert.match(help.stdout, new RegExp(`^ {2}${command}\\b`, 'm'));
    const group = await runTroupe(t, project, ['jobs']);
    assert.match(group.stdout, /cancel <job-id>[\s\S]*watch <job-id>/);
    const limit = await runTroupe(t, project, ['jobs', 'list', '--help']);
    assert.match(limit.stdout, /--limit <n> .*\(1–100, default 10\)/);
    const beyond = await runTroupe(t, project, ['jobs', 'list', '--limit', '500']);
    assert.equal(beyond.code, 2);
    assert.match(beyond.stderr, /input\.invalid: troupe jobs list: --limit /);
    const reset = await runTroupe(t, project, ['jobs', 'reset', '--help']);
    assert.match(reset.stdout, /Needs --confirm\.[\s\S]*--confirm +Needed: this deletes/);
  });

  it('[A16] understands who is asked, however it is written', async (t) => {
    const project = await exampleProject(t);
    for (const words of [
      ['@qa review src'],
      ['qa: review src'],
      ['@QA Engineer, review src'],
      ['qa', 'review', 'src'],
    ]) {
      const { stdout, stderr } = await runTroupe(t, project, ['ask', ...words, '--detach', '--json']);
      assert.equal((JSON.parse(stdout) as { persona: string }).persona, 'qa', stderr);
    }
  });

  it('takes its global options before and after the command', async (t) => {
    const project = await exampleProject(t);
    const elsewhere = { ...project, root: project.env['HOME']! };
    for (const args of [
      ['--project', project.root, '--json', 'jobs', 'list'],
      ['jobs', '--json', 'list', '-p', project.root],
    ]) {
      const { code, stdout } = await runTroupe(t, elsewhere, args);
      assert.deepEqual([code, (JSON.parse(stdout) as { jobs: unknown[] }).jobs], [0, []]);
    }
  });

  it('fails a review with findings when that was asked for, and only then', async (t) => {
    const project = await exampleProject(t);
    const ask = ['ask', '@security review src'];
    const codes = [];
    for (const more of [[], ['--fail-on', 'critical'], ['--fail-on', 'low']])
      codes.push((await runTroupe(t, project, [...ask, ...more])).code);
    assert.deepEqual(codes, [0, 8, 8]);
    const clean = await runTroupe(t, project, [
      'ask',
      '@security review package.json',
      '--fail-on',
      'critical',
    ]);
    assert.equal(clean.code, 0);
  });

  it('lets no gate pass on nothing: a persona without rules, or a scope that no rule is for', async (t) => {
    const project = await exampleProject(t);
    await project.write('art/logo.xyz', 'a drawing\n');
    await project.write('.agent-os/personas/pirate.md', '---\nname: pirate\ndescription: Arr.\n---\nArr.\n');
    for (const task of ['@pirate review src', '@architect review art']) {
      const free = await runTroupe(t, project, ['ask', task, '--json']);
      assert.deepEqual([free.code, (JSON.parse(free.stdout) as ReviewReport).judged], [0, false], task);
      const gate = await runTroupe(t, project, ['ask', task, '--fail-on', 'high']);
      assert.equal(gate.code, 4, task);
      assert.match(gate.stderr, /^Nothing was judged: .* --fail-on high .* exits with 4\.$/m);
    }
    const some = await runTroupe(t, project, ['ask', '@architect review art src', '--fail-on', 'critical']);
    assert.equal(some.code, 0, 'judged in part');
  });

  it('prints a job id at once with --detach; watch then does the work and shows the review', async (t) => {
    const project = await exampleProject(t);
    const { stdout, stderr } = await runTroupe(t, project, ['ask', '@security review src', '--detach']);
    const jobId = stdout.trim();
    assert.match(jobId, /^[0-9a-f-]{36}$/);
    assert.match(stderr, new RegExp(`troupe jobs watch ${jobId.slice(-4)}`));
    const watched = await runTroupe(t, project, ['jobs', 'watch', jobId.slice(-6)]);
    assert.equal(watched.code, 0);
    assert.match(watched.stdout, /src\/\w+\.ts:\d+ /);
    const shown = await runTroupe(t, project, ['jobs', 'show', jobId]);
    assert.match(shown.stdout, /^# security: src/m);
    const findings = await runTroupe(t, project, ['jobs', 'findings', jobId, '--json']);
    assert.ok((JSON.parse(findings.stdout) as ReviewReport).findings.length > 0);
  });

  it('says in the same words, detached or not, what was masked in a task', async (t) => {
    const project = await exampleProject(t);
    const asked = `@security review src/auth.ts, the key is ${['AKIA', 'QYLPMN5HFIQR7XYA'].join('')}`;
    const words = /^Note: 1 secret was masked in the task\.$/m;
    assert.match((await runTroupe(t, project, ['ask', asked])).stdout, words);
    const detached = await runTroupe(t, project, ['ask', asked, '--detach']);
    assert.match(detached.stderr, words);
    assert.match(detached.stdout, /^[0-9a-f-]{36}\n$/);
    const { stdout } = await runTroupe(t, project, ['ask', asked, '--detach', '--json']);
    const { notes } = JSON.parse(stdout) as { notes: string[] };
    assert.deepEqual(notes, ['1 secret was masked in the task.']);
  });

  it('gives the persona what was piped in, and what a file holds', async (t) => {
    const project = await exampleProject(t);
    await project.write('notes.txt', 'Remember the marker MARK-FILE.');
    const seen: string[] = [];
    const server = await startModelServer(t, 'anthropic', ({ body }) => {
      seen.push(...(body.match(/MARK-\w+/g) ?? []));
      return { text: 'Read it.' };
    });
    const piped = startTroupe(t, project, ['ask', '@qa', 'is this right?'], server.env);
    piped.child.stdin.end(`${'filling '.repeat(10_000)}MARK-PIPE`);
    assert.equal((await piped.finished).code, 0);
    await runTroupe(t, project, ['ask', '@qa is this right?', '--context', 'notes.txt'], server.env);
    assert.deepEqual([...new Set(seen)], ['MARK-PIPE', 'MARK-FILE']);
  });

  it('shows plain lines and no colour where there is no terminal', async (t) => {
    const project = await exampleProject(t);
    const env = { NO_COLOR: '', TERM: 'xterm-256color' };
    const { stdout, stderr } = await runTroupe(t, project, ['ask', '@security review src'], env);
    assert.ok(!(stdout + stderr).includes('\u001B'));
    assert.match(stderr, /^ *\d+ % {2}analyzing/m);
  });

  it('ends quietly when its reader has seen enough', async (t) => {
    const project = await exampleProject(t);
    const started = startTroupe(t, project, ['config', 'explain']);
    started.child.stdin.end();
    await once(started.child.stdout, 'data');
    started.child.stdout.destroy();
    const { code, stderr } = await started.finished;
    assert.deepEqual([code, stderr], [0, '']);
  });

  it('[A17] prints metrics as JSON: invocations by persona, durations, tokens, standards', async (t) => {
    const project = await exampleProject(t);
    await project.write('.agent-os/standards/api/errors.md', '# Errors\n');
    const server = await startModelServer(t, 'anthropic', () => ({ text: 'Fine.' }));
    await runTroupe(t, project, ['ask', '@qa review src'], server.env);
    await runTroupe(t, project, ['ask', '@security review src']);
    const { code, stdout } = await runTroupe(t, project, ['metrics']);
    assert.equal(code, 0);
    const metrics = metricsOutput.parse(JSON.parse(stdout));
    const [qa, security] = metrics.invocations_by_persona;
    assert.deepEqual(
      [qa!.persona, qa!.by_status.complete, qa!.tokens_input > 0, qa!.duration_p95_seconds !== null],
      ['qa', 1, true, true],
    );
    assert.deepEqual([security!.persona, security!.tokens_input], ['security', 0]);
    assert.deepEqual(
      metrics.models.map(({ model }) => model).sort(),
      [`anthropic/${server.model}`, 'offline reviewer'].sort(),
    );
    assert.equal(metrics.created_per_day.length, 30);
    assert.equal(
      metrics.created_per_day.at(-1)!.invocations + metrics.created_per_day.at(-2)!.invocations,
      2,
    );
    assert.equal(metrics.standards.files, 1);
  });

  it('[A18] shows in its stats when jobs are cleaned up, by day and by size', async (t) => {
    const project = await exampleProject(t);
    const { stdout } = await runTroupe(t, project, ['jobs', 'stats'], { TZ: 'UTC' });
    assert.match(stdout, /^size +[\d.]+ MB \(clean-up: healthy\)$/m);
    assert.match(stdout, /^last clean-up +never$/m);
    assert.match(stdout, /^next clean-up +\d{4}-\d\d-\d\dT03:00:00\.000Z$/m);
  });

  it('completes commands, options and personas in four shells, from its own tree', async (t) => {
    const project = await exampleProject(t);
    await project.write(
      '.agent-os/personas/dba.md',
      '---\nname: dba\ndescription: Looks at schemas.\n---\nBe exact.\n',
    );
    const complete = async (line: string) =>
      (await runTroupe(t, project, ['__complete', line])).stdout.trim().split('\n');
    assert.deepEqual(await complete('troupe jobs s'), ['show', 'stats', 'steps']);
    assert.deepEqual(await complete('troupe ask "@d'), ['@data', '@database', '@dba']);
    assert.deepEqual(await complete('troupe personas show sec'), ['security']);
    assert.deepEqual(await complete('troupe init --dr'), ['--dry-run']);
    assert.deepEqual(await complete('troupe init --client vscode,c'), [
      'vscode,cursor',
      'vscode,claude-code',
      'vscode,codex',
    ]);
    const shells = await complete('troupe completion ');
    assert.deepEqual(shells, ['bash', 'zsh', 'fish', 'powershell']);
    for (const shell of shells) {
      const { stdout } = await runTroupe(t, project, ['completion', shell]);
      assert.match(stdout, /troupe __complete/);
      const data = await runTroupe(t, project, ['completion', shell, '--json']);
      assert.deepEqual(completionScript.parse(JSON.parse(data.stdout)), { shell, script: stdout });
    }
  });
});
