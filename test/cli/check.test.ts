import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import type { CheckOutput } from '../../src/capabilities/checks/contract/index.ts';
import { exampleProject, type ExampleProject } from '../support/troupe/example-project.ts';
import { runTroupe, startTroupe, troupeCommand } from '../support/troupe/troupe-process.ts';

const injection = `import { db } from './db.ts';
export function find(name: string) {
  return db.query('select id from t where n = ' + name);
}
`;
const clean =
  "import { db } from './db.ts';\nexport const all = () => db.query('select id from t limit 10');\n";

async function repository(project: ExampleProject) {
  const git = (...args: string[]) =>
    execFileSync('git', args, {
      cwd: project.root,
      env: project.env,
      stdio: ['ignore', 'pipe', 'ignore'],
    }).toString();
  git('init', '-q', '-b', 'main');
  git('config', 'user.name', 'T');
  git('config', 'user.email', 't@example.com');
  await project.write('src/find.ts', clean);
  git('add', '-A');
  git('commit', '-q', '-m', 'first');
  return git;
}

describe('[X8] troupe check', () => {
  it('names the lines that depart for people, scripts and code hosts, and says so by its exit code', async (t) => {
    const project = await exampleProject(t, { empty: true });
    await repository(project);
    const nothing = await runTroupe(t, project, ['check', '--rules-only', 'src']);
    assert.equal(nothing.code, 0, nothing.stdout);
    assert.match(
      nothing.stdout,
      /^Nothing departs from the standards: 1 file looked at, [1-9]\d* standards checked/m,
    );
    await project.write('src/find.ts', injection);
    const text = await runTroupe(t, project, ['check', 'src', '--standards', 'security/injection']);
    assert.equal(text.code, 8);
    assert.match(
      text.stdout,
      /^src\/find\.ts:3 {2}critical {2}SQL built from a variable\..* security\/injection \(/m,
    );
    const json = await runTroupe(t, project, ['check', '--base', 'HEAD', '--json']);
    const { findings, not_checked } = JSON.parse(json.stdout) as CheckOutput;
    assert.deepEqual(
      findings.map(({ file, line, standard }) => [file, line, standard]),
      [['src/find.ts', 3, 'security/injection']],
    );
    assert.match(not_checked[0]!.reason, /no language model is configured/);
    const sarif = await runTroupe(t, project, ['check', '--format', 'sarif', '--fail-on', 'never']);
    assert.equal(sarif.code, 0);
    const log = JSON.parse(sarif.stdout) as { version: string; runs: { results: { ruleId: string }[] }[] };
    assert.deepEqual([log.version, log.runs[0]!.results[0]!.ruleId], ['2.1.0', 'security/injection']);
  });

  it('prints what a comment leaves out as a suppressed result in full SARIF only, and passes', async (t) => {
    const project = await exampleProject(t, { empty: true });
    await repository(project);
    await project.write(
      'src/find.ts',
      injection.replace('\n  return', '\n  // troupe-ignore sql-from-string: reviewed\n  return'),
    );
    const resultsOf = async (format: string) => {
      const { code, stdout } = await runTroupe(t, project, ['check', 'src', '--format', format]);
      assert.equal(code, 0, stdout);
      const { runs } = JSON.parse(stdout) as { runs: [{ results: { suppressions?: object[] }[] }] };
      return runs[0].results.map(({ suppressions }) => suppressions);
    };
    assert.deepEqual(await resultsOf('sarif'), []);
    assert.deepEqual(await resultsOf('sarif-full'), [[{ kind: 'inSource', justification: 'reviewed' }]]);
  });

  it('reads a diff from a file or a pipe', async (t) => {
    const project = await exampleProject(t, { empty: true });
    const git = await repository(project);
    await project.write('src/find.ts', injection);
    const diff = git('diff');
    const piped = startTroupe(t, project, ['check', '--diff', '-', '--rules-only']);
    piped.child.stdin.end(diff);
    assert.equal((await piped.finished).code, 8);
    await project.write('changes.diff', diff);
    assert.equal((await runTroupe(t, project, ['check', '--diff', 'changes.diff', '--rules-only'])).code, 8);
    const missing = await runTroupe(t, project, ['check', '--diff', 'none.diff']);
    assert.equal(missing.code, 2);
    assert.match(missing.stderr, /cli\.context_unreadable: none\.diff cannot be read \(ENOENT\)/);
  });

  it('takes what is piped in for the diff, and checks the project where that is no diff', async (t) => {
    const project = await exampleProject(t, { empty: true });
    const git = await repository(project);
    await project.write('src/old.ts', injection);
    git('add', '-A');
    git('commit', '-q', '-m', 'an old sin');
    await project.write('src/find.ts', `${clean}export const one = 1;\n`);
    const check = async (input: string | undefined, ...args: string[]) => {
      const started = startTroupe(t, project, ['check', '--rules-only', ...args]);
      if (input !== undefined) started.child.stdin.end(input);
      return started.finished;
    };
    const diff = await check(git('diff'));
    assert.equal(diff.code, 0, diff.stderr);
    assert.match(diff.stdout, /1 changed file looked at/);
    assert.equal((await check(git('diff'), 'src/old.ts')).code, 8, 'paths are what is meant');
    assert.equal((await check('', '--fail-on', 'high')).code, 8, 'an empty pipe');
    const open = await check(undefined);
    assert.equal(open.code, 8, 'an open pipe');
    assert.match(open.stderr, /open and silent/);
    const hook = await check('refs/heads/main 1a refs/heads/main 2b\n');
    assert.equal(hook.code, 8);
    assert.match(hook.stderr, /not a diff, so it is ignored/);
  });

  it('lets no diff pass that it could not compare', async (t) => {
    const project = await exampleProject(t, { empty: true });
    const git = await repository(project);
    await project.write('src/find.ts', `${clean}export const one = 1;\n`);
    await project.write('src/other.ts', clean);
    git('add', '-A', '-N');
    const diff = git('diff');
    await project.write('src/find.ts', 'export {};\n');
    const check = (...more: string[]) => {
      const started = startTroupe(t, project, ['check', '--diff', '-', '--rules-only', ...more]);
      started.child.stdin.end(diff);
      return started.finished;
    };
    const part = await check();
    assert.equal(part.code, 4, part.stderr);
    assert.match(
      part.stdout,
      /Nothing departs in what could be checked: .*; 1 changed file could not be checked\./,
    );
    assert.equal((await check('--fail-on', 'never')).code, 0);
    await project.write('src/other.ts', 'export {};\n');
    const none = await check();
    assert.equal(none.code, 4, none.stdout);
    assert.match(none.stderr, /checks\.not_applied: .*src\/find\.ts \(neither as the diff finds it/);
  });

  it('lets no diff pass that is cut off, in its lines or in its header', async (t) => {
    const project = await exampleProject(t, { empty: true });
    const git = await repository(project);
    await project.write('src/a.ts', clean);
    await project.write('src/find.ts', injection);
    git('add', '-A');
    const rows = git('diff', '--cached').split('\n');
    const hunk = rows.findIndex((row, at) => at > rows.indexOf('+++ b/src/find.ts') && row.startsWith('@@'));
    for (const count of [hunk - 2, hunk + 1, rows.length - 2]) {
      const piped = startTroupe(t, project, ['check', '--diff', '-', '--rules-only']);
      piped.child.stdin.end(`${rows.slice(0, count).join('\n')}\n`);
      const { code, stdout } = await piped.finished;
      assert.equal(code, 4, stdout);
      assert.match(stdout, /src\/find\.ts.*the diff is cut off within the (?:header|hunk) that begins/);
    }
  });

  it('refuses what it does not know, with the choices', async (t) => {
    const project = await exampleProject(t, { empty: true });
    await repository(project);
    for (const [args, code, message] of [
      [['--format', 'xml'], 2, /text, json, sarif/],
      [['--fail-on', 'grave'], 2, /critical, high, medium or low/],
      [['--standards', 'nothing/here'], 3, /standards\.unknown/],
      [['--staged', '--base', 'HEAD'], 2, /checks\.one_source: staged and base/],
      [['--base', 'nowhere'], 3, /git\.unknown_revision/],
      [['../elsewhere'], 5, /files\.outside_project/],
    ] as const) {
      const { code: given, stderr } = await runTroupe(t, project, ['check', ...args]);
      assert.equal(given, code, stderr);
      assert.match(stderr, message);
    }
  });

  it(
    'is a git hook: it reads what will be committed, and stops the commit',
    { skip: process.platform === 'win32' },
    async (t) => {
      const project = await exampleProject(t, { empty: true });
      const git = await repository(project);
      const { command, args } = troupeCommand(['check', '--staged', '--rules-only', '--fail-on', 'high']);
      const line = [command, ...args].map((part) => `'${part}'`).join(' ');
      await project.write('.git/hooks/pre-commit', `#!/bin/sh\nexec ${line}\n`);
      await chmod(path.join(project.root, '.git/hooks/pre-commit'), 0o755);
      const commit = (...more: string[]) =>
        promisify(execFile)('git', ['commit', '-q', '-m', 'x', ...more], {
          cwd: project.root,
          env: project.env,
        }).then(
          () => 'committed',
          (error: unknown) => {
            const { stdout, stderr } = error as { stdout: string; stderr: string };
            return `${stdout}${stderr}`;
          },
        );

      await project.write('src/find.ts', injection);
      git('add', '-A');
      await project.write('src/find.ts', clean);
      assert.match(await commit(), /src\/find\.ts:3 {2}critical/, 'staged, though the work tree is clean');

      git('reset', '-q', '--hard');
      await project.write('src/find.ts', injection);
      assert.match(await commit('--all'), /src\/find\.ts:3 {2}critical/, 'what --all adds');

      git('reset', '-q', '--hard');
      await project.write('src/find.ts', injection);
      await project.write('README.md', '# Shop\n');
      git('add', 'README.md');
      assert.equal(await commit(), 'committed', 'what is not staged does not count');
    },
  );
});

describe('[X7] troupe export on the command line', () => {
  it('shows every file before it writes it, and tells by its exit code what is out of step', async (t) => {
    const project = await exampleProject(t, { empty: true });
    await project.write('.git/HEAD', '');
    const before = await runTroupe(t, project, ['export', 'cursor', '--universal', '--check']);
    assert.equal(before.code, 8);
    const shown = await runTroupe(t, project, ['export', 'cursor', '--universal', '--dry-run']);
    assert.equal(shown.code, 0);
    assert.match(shown.stdout, /^\+ create {2}\.cursor\/rules\/troupe\.security\.injection\.mdc$/m);
    assert.match(shown.stdout, /^ {4}│ alwaysApply: false$/m);
    assert.equal((await runTroupe(t, project, ['export', 'cursor', '--universal', '--check'])).code, 8);
    const written = await runTroupe(t, project, ['export', 'cursor', '--universal']);
    assert.equal(written.code, 0, written.stderr);
    assert.match(written.stdout, /│ # [^]*files changed/);
    assert.equal((await runTroupe(t, project, ['export', 'cursor', '--universal', '--check'])).code, 0);
    await project.write('.cursor/rules/troupe.security.injection.mdc', '# Mine\n');
    const dry = await runTroupe(t, project, ['export', 'cursor', '--universal', '--dry-run']);
    assert.equal(dry.code, 4, 'a dry run says what would be refused');
    const conflict = await runTroupe(t, project, ['export', 'cursor', '--universal', '--json']);
    assert.equal(conflict.code, 4);
    const { files } = JSON.parse(conflict.stdout) as { files: { action: string }[] };
    assert.equal(files.filter(({ action }) => action === 'conflict').length, 1);
  });
});
