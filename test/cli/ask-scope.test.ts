import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { ReviewReport } from '../../src/capabilities/work/contract/index.ts';
import { exampleProject, type ExampleProject } from '../support/troupe/example-project.ts';
import { runTroupe, troupeCommand } from '../support/troupe/troupe-process.ts';

const weak = 'export const k = eval(process.argv[2]);\n';
const made = (file: string) => `--- /dev/null\n+++ b/${file}\n@@ -0,0 +1 @@\n+${weak}`;
const unlike = `--- a/src/cart.ts\n+++ b/src/cart.ts\n@@ -1 +1,2 @@\n what nobody wrote\n+${weak}`;

/** Runs `troupe …` with a file as its standard input, as a shell's `<` and pipes give one that ends. */
async function withInput(project: ExampleProject, args: readonly string[], input: string) {
  await project.write('../input', input);
  const { command, args: all } = troupeCommand(args);
  const stdin = openSync(join(project.root, '../input'), 'r');
  const { status, stdout, stderr } = spawnSync(command, all, {
    cwd: project.root,
    env: project.env,
    stdio: [stdin, 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  closeSync(stdin);
  return { code: status, stdout, stderr };
}

describe('what troupe ask looks at', () => {
  it('is what a diff leaves, also where it is not applied; a gate passes on no more than what was judged', async (t) => {
    const project = await exampleProject(t);
    await project.write('new.diff', made('src/g.ts'));
    await project.write('unlike.diff', unlike);
    const ask = (diff: string) => [
      ...['ask', '@security review this diff', '--context', diff],
      ...['--fail-on', 'critical'],
    ];
    const found = await runTroupe(t, project, [...ask('new.diff'), '--json']);
    const report = JSON.parse(found.stdout) as ReviewReport;
    assert.deepEqual([found.code, report.scope], [8, 'the changed lines of src/g.ts']);
    assert.deepEqual(
      report.findings.map(({ file, line }) => `${file}:${line}`),
      ['src/g.ts:1'],
    );
    const other = await runTroupe(t, project, ask('unlike.diff'));
    assert.equal(other.code, 4, other.stdout);
    assert.match(other.stdout, /Not judged: src\/cart\.ts: neither as the diff finds it nor as it leaves it/);
    assert.match(other.stderr, /^Not everything that was asked about was judged; .* exits with 4\.$/m);
  });

  it('is nothing where the diff is empty, which is said', async (t) => {
    const project = await exampleProject(t);
    await project.write('empty.diff', '');
    const file = await runTroupe(t, project, ['ask', '@security review', '--context', 'empty.diff']);
    assert.deepEqual([file.code, file.stdout], [4, '']);
    assert.match(file.stderr, /cli\.context_empty: empty\.diff is empty/);
    const pipe = await withInput(project, ['ask', '@security review this diff'], '');
    assert.deepEqual([pipe.code, pipe.stdout], [4, '']);
    assert.match(pipe.stderr, /work\.empty_context: .*git diff HEAD/);
    const files = await withInput(project, ['ask', '@security review src/config.ts'], '');
    assert.equal(files.code, 0, files.stderr);
  });

  it('says what it read from standard input, so that a loop does not lose its lines unseen', async (t) => {
    const project = await exampleProject(t);
    const input = 'src/cart.ts\nsrc/db.ts\n';
    const { stderr } = await withInput(project, ['ask', '@security review src/auth.ts'], input);
    assert.match(stderr, /^Read 22 bytes from standard input as context; in a loop .* < \/dev\/null\.$/m);
  });

  it('is never the whole project because a path is mistyped', async (t) => {
    const project = await exampleProject(t);
    for (const [path, near] of [
      ['src/adimn.ts', 'src/admin.ts'],
      ['src/auth', 'src/auth.ts'],
      ['admin.ts', 'src/admin.ts'],
    ] as const) {
      const { code, stderr, stdout } = await runTroupe(t, project, ['ask', `@security review ${path}`]);
      assert.deepEqual([code, stdout], [3, ''], path);
      assert.match(stderr, new RegExp(`work\\.path_not_found: .* ${path} \\(did you mean ${near}\\?\\)`));
    }
    const some = await runTroupe(t, project, ['ask', '@security review src/cart.ts and src/adimn.ts']);
    const [, , title, first] = some.stdout.split('\n');
    assert.match(title!, /security: src\/cart\.ts/);
    assert.match(first!, /^Not found, so not in scope: src\/adimn\.ts \(did you mean src\/admin\.ts\?\)\.$/);
  });

  it('is meant from the folder where one stands, then from the root; so are the paths of check', async (t) => {
    const project = await exampleProject(t);
    await project.write('.agent-os/.keep', '');
    await project.write('sub/c.ts', 'export const c = 1;\n');
    await project.write('src/relative.diff', made('g.ts'));
    const scopeFrom = async (folder: string, ...args: string[]) => {
      const place = { ...project, root: join(project.root, folder) };
      const { stdout, stderr } = await runTroupe(t, place, ['ask', ...args, '--json']);
      assert.notEqual(stdout, '', stderr);
      return (JSON.parse(stdout) as ReviewReport).scope;
    };
    assert.equal(await scopeFrom('src', '@security review auth.ts'), 'src/auth.ts');
    assert.equal(await scopeFrom('src', '@security review .'), 'src');
    assert.equal(
      await scopeFrom('sub', '@security review ../src/auth.ts and src/db.ts'),
      'src/auth.ts and src/db.ts',
    );
    const diff = ['--context', 'relative.diff'];
    assert.equal(await scopeFrom('src', '@security review', ...diff), 'the changed lines of src/g.ts');
    for (const [folder, args] of [
      ['src', ['auth.ts']],
      ['sub', ['../src/auth.ts']],
      ['sub', ['--diff', '../src/relative.diff']],
    ] as const) {
      const place = { ...project, root: join(project.root, folder) };
      const { code, stderr } = await runTroupe(t, place, [
        'check',
        ...args,
        '--rules-only',
        '--fail-on',
        'never',
      ]);
      assert.equal(code, 0, stderr);
    }
  });
});
