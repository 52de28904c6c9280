/**
 * What people install: builds the package, packs it, installs the tarball into an empty project and uses it there. npm
 * takes the dependencies from its cache, and from the registry where they are not in it.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { testEnvironment } from '../runner/test-environment.ts';

const repository = resolve(import.meta.dirname, '../..');
const base = await realpath(await mkdtemp(join(tmpdir(), 'troupe-package-')));
after(() => rm(base, { recursive: true, force: true, maxRetries: 5 }));
const project = join(base, 'project');
const maxInstalledMb = 130;

/** npm keeps its own configuration and cache. */
const npmEnv = testEnvironment(process.env);
/** What was installed finds nothing of the person who runs this: no configuration, no models of theirs, no state. */
const home = join(base, 'home');
const env = { ...npmEnv, HOME: home, USERPROFILE: home, XDG_CONFIG_HOME: join(home, '.config') };

/** Programs run in the Node that runs this. */
const run = (command: string, args: readonly string[], cwd: string, environment = npmEnv) =>
  promisify(execFile)(command, [...args], { cwd, env: environment, maxBuffer: 32_000_000 });

const installed = () => join(project, 'node_modules', 'troupe', 'dist', 'troupe.js');
const troupe = (...args: string[]) => run(process.execPath, [installed(), ...args], project, env);

interface Packed {
  filename: string;
  files: { path: string }[];
}

await run('npm', ['run', '--silent', 'build'], repository);
const { stdout: packing } = await run(
  'npm',
  ['pack', '--ignore-scripts', '--json', '--pack-destination', base],
  repository,
);
// npm 11 prints a list; later ones an object by package name.
const answer = JSON.parse(packing) as Packed[] | Record<string, Packed>;
const packed = Object.values(answer)[0]!;
await mkdir(project);
await mkdir(home);
await writeFile(join(project, 'package.json'), '{"name":"somebody","private":true}\n');
const install = [
  'install',
  join(base, packed.filename),
  '--omit=dev',
  '--prefer-offline',
  '--no-audit',
  '--no-fund',
];
await run('npm', install, project);
await cp(join(repository, 'examples', 'checkout', 'src'), join(project, 'src'), { recursive: true });

describe('the package', () => {
  it('holds what it needs and nothing else', () => {
    const tops = new Set(packed.files.map(({ path }) => path.split('/')[0]));
    const allowed = new Set(['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'docs', 'package.json']);
    assert.deepEqual(
      [...tops].filter((top) => !allowed.has(top!)),
      [],
    );
    const paths = packed.files.map(({ path }) => path);
    for (const needed of [/^dist\/troupe\.js$/, /^dist\/built-in\/security\.md$/, /^dist\/packs\/security\//])
      assert.ok(
        paths.some((path) => needed.test(path)),
        String(needed),
      );
    const strangers = paths.filter((path) => /\.(ts|map)$|\.test\.|(^|\/)\.env|troupe\.db/.test(path));
    assert.deepEqual(strangers, []);
  });

  it(`takes at most ${maxInstalledMb} MB with everything it depends on`, async () => {
    const entries = await readdir(join(project, 'node_modules'), { recursive: true, withFileTypes: true });
    let sizeBytes = 0;
    for (const entry of entries) {
      if (entry.isFile()) sizeBytes += (await stat(join(entry.parentPath, entry.name))).size;
    }
    const sizeMb = Math.round(sizeBytes / 1_000_000);
    assert.ok(sizeMb <= maxInstalledMb, `${sizeMb} MB`);
  });

  it('tells its version by both of its names', async () => {
    const { version } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8')) as {
      version: string;
    };
    for (const name of ['troupe', 'agent-os']) {
      const { stdout } = await run('npx', ['--no', '--', name, '--version'], project);
      assert.equal(stdout.trim(), version);
    }
  });

  it('reviews a project', async () => {
    const { stdout } = await troupe('ask', '@security review src', '--json');
    const report = JSON.parse(stdout) as { status: string; findings: { place_verified: boolean }[] };
    assert.equal(report.status, 'complete', stdout);
    assert.ok(report.findings.filter(({ place_verified: placed }) => placed).length >= 5);
  });

  it('checks itself and sets a project up', async () => {
    const doctor = JSON.parse((await troupe('doctor', '--json')).stdout) as object;
    assert.ok(Object.keys(doctor).length > 0);
    await troupe('init');
    assert.match(await readFile(join(project, '.agent-os', '.gitignore'), 'utf8'), /troupe\.db/);
  });

  it('serves an IDE', async (t) => {
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [installed(), 'mcp'],
      cwd: project,
      env: Object.fromEntries(
        Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
      ),
      stderr: 'ignore',
    });
    const client = new Client({ name: 'package check', version: '1' });
    t.after(() => client.close());
    await client.connect(transport);
    assert.ok((await client.listTools()).tools.some(({ name }) => name === 'invoke_architect'));
    const started = await client.callTool({ name: 'invoke_qa', arguments: { task: 'review src' } });
    const { job_id: jobId } = started.structuredContent as { job_id: string };
    const check = { name: 'check_persona_job', arguments: { job_id: jobId, wait_seconds: 50 } };
    let state: { status: string };
    do {
      state = (await client.callTool(check)).structuredContent as { status: string };
    } while (state.status === 'pending' || state.status === 'running');
    assert.equal(state.status, 'complete', JSON.stringify(state));
  });
});
