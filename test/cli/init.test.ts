import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { parse } from 'smol-toml';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { setupReport, type SetupReport } from '../../src/capabilities/setup/contract/index.ts';
import { exampleProject, type ExampleProject } from '../support/troupe/example-project.ts';
import { runTroupe } from '../support/troupe/troupe-process.ts';

interface ServerEntry {
  command: string;
  args: string[];
}

async function initJson(t: TestContext, project: ExampleProject, ...args: string[]): Promise<SetupReport> {
  const { code, stdout, stderr } = await runTroupe(t, project, ['init', '--json', ...args]);
  assert.equal(code, 0, stderr);
  return setupReport.parse(JSON.parse(stdout));
}

const read = (project: ExampleProject, path: string) => readFile(join(project.root, path), 'utf8');
const everyClient = 'cursor,claude-code,vscode,windsurf,codex';

async function listsTools(
  { command, args }: ServerEntry,
  cwd: string,
  env: Record<string, string>,
): Promise<boolean> {
  const client = new Client({ name: 'a client', version: '1' });
  await client.connect(new StdioClientTransport({ command, args, cwd, env, stderr: 'ignore' }));
  const { tools } = await client.listTools();
  await client.close();
  return tools.some(({ name }) => name === 'invoke_security');
}

describe('troupe init', () => {
  it('makes .agent-os with folders, commented settings and what git must not hold; then nothing more', async (t) => {
    const project = await exampleProject(t, { empty: true });
    const first = await initJson(t, project);
    assert.deepEqual(first.created, [
      '.agent-os/standards',
      '.agent-os/personas',
      '.agent-os/config.yaml',
      '.agent-os/guides/creating-standards.md',
      '.agent-os/guides/installation.md',
      '.agent-os/guides/persona-guide.md',
      '.agent-os/guides/standard-template.md',
      '.agent-os/guides/troubleshooting.md',
      '.agent-os/.gitignore',
    ]);
    assert.match(await read(project, '.agent-os/.gitignore'), /^troupe\.db\*\n\.cache\/$/m);
    const { code, stdout } = await runTroupe(t, project, ['init']);
    assert.equal(code, 0);
    assert.match(stdout, /\.agent-os\/ is complete/);
    assert.deepEqual((await initJson(t, project)).created, []);
  });

  it('gives a .gitignore back the lines it lacks, and keeps its own', async (t) => {
    const project = await exampleProject(t, { empty: true });
    await project.write('.agent-os/.gitignore', 'notes.md\ntroupe.db*');
    assert.deepEqual((await initJson(t, project)).changed, ['.agent-os/.gitignore']);
    assert.equal(await read(project, '.agent-os/.gitignore'), 'notes.md\ntroupe.db*\n.cache/\n');
  });

  it('[A16] writes the five clients so that what stands there starts the server, from any folder', async (t) => {
    const project = await exampleProject(t);
    const { clients } = await initJson(t, project, '--client', everyClient);
    assert.deepEqual(
      clients.map(({ client, file, status }) => `${client} ${file} ${status}`),
      [
        'cursor .cursor/mcp.json written',
        'claude-code .mcp.json written',
        'vscode .vscode/mcp.json written',
        'windsurf ~/.codeium/windsurf/mcp_config.json written',
        'codex ~/.codex/config.toml written',
      ],
    );
    const home = project.env['HOME']!;
    const servers = async (path: string, key: string) =>
      (JSON.parse(await readFile(path, 'utf8')) as Record<string, { troupe: ServerEntry }>)[key]!.troupe;
    const anywhere = [
      await servers(join(project.root, '.cursor/mcp.json'), 'mcpServers'),
      await servers(join(project.root, '.vscode/mcp.json'), 'servers'),
      await servers(join(home, '.codeium/windsurf/mcp_config.json'), 'mcpServers'),
    ];
    assert.equal((anywhere[1] as ServerEntry & { type: string }).type, 'stdio');
    const codex = parse(await readFile(join(home, '.codex/config.toml'), 'utf8')) as unknown as {
      mcp_servers: { troupe: ServerEntry & { env_vars: string[] } };
    };
    assert.ok(codex.mcp_servers.troupe.env_vars.includes('ANTHROPIC_API_KEY'));
    const inProject = [
      await servers(join(project.root, '.mcp.json'), 'mcpServers'),
      codex.mcp_servers.troupe,
    ];
    // An IDE's environment: next to nothing on its PATH.
    const env = { ...project.env, PATH: '' };
    for (const entry of anywhere) assert.ok(await listsTools(entry, home, env));
    for (const entry of inProject) assert.ok(await listsTools(entry, project.root, env));
    const again = await initJson(t, project, '--client', everyClient);
    assert.ok(again.clients.every(({ status }) => status === 'current'));
  });

  it('finds clients by their traces, shows what it would write, and writes it only when asked', async (t) => {
    const project = await exampleProject(t, { empty: true });
    await project.write('.cursor/rules/a.md', 'x');
    await mkdir(join(project.env['HOME']!, '.claude'));
    for (const args of [['init'], ['init', '--dry-run', '--yes']]) {
      const { stdout } = await runTroupe(t, project, args);
      assert.match(stdout, /Found: Cursor, Claude Code\./);
      assert.match(stdout, / {3}\+ {5}"mcpServers": |"mcpServers": \{/);
      await assert.rejects(stat(join(project.root, '.mcp.json')));
    }
    const { stdout } = await runTroupe(t, project, ['init', '--yes']);
    assert.match(stdout, /Written: \.cursor\/mcp\.json, \.mcp\.json/);
    assert.match(stdout, /Next: troupe ask "@architect review"$/m);
  });

  it('writes nothing with --dry-run', async (t) => {
    const project = await exampleProject(t, { empty: true });
    const report = await initJson(t, project, '--dry-run', '--client', 'vscode');
    assert.equal(report.dry_run, true);
    assert.equal(report.clients[0]!.status, 'not_written');
    await assert.rejects(stat(join(project.root, '.agent-os')));
  });

  it('leaves out a client whose configuration is broken, with file and line, and writes the others', async (t) => {
    const project = await exampleProject(t, { empty: true });
    const broken = '{\n  "mcpServers": {\n    "a": \n  }\n}\n';
    await project.write('.mcp.json', broken);
    await project.write('.cursor/rules/a.md', 'x');
    const { code, stdout, stderr } = await runTroupe(t, project, ['init', '--yes']);
    assert.equal(code, 2);
    assert.match(stdout, /Found: Cursor, Claude Code\.[^]*Written: \.cursor\/mcp\.json$/m);
    assert.match(
      stderr,
      /^ Claude Code is left out\. setup\.config_unreadable: \.mcp\.json:4 .*value expected\. The file stays as it is\. Fix it/m,
    );
    assert.equal(await read(project, '.mcp.json'), broken);
    const again = await runTroupe(t, project, ['init', '--yes', '--json']);
    assert.equal(again.code, 2);
    const { clients } = setupReport.parse(JSON.parse(again.stdout));
    assert.deepEqual(
      clients.map(({ client, status, error }) => [client, status, error?.code ?? null]),
      [
        ['cursor', 'current', null],
        ['claude-code', 'refused', 'setup.config_unreadable'],
      ],
    );
  });

  it('refuses an unknown client, and a configuration that is a link out of the project', async (t) => {
    const project = await exampleProject(t, { empty: true });
    const unknown = await runTroupe(t, project, ['init', '--client', 'emacs']);
    assert.deepEqual([unknown.code, /setup\.unknown_client: "emacs"/.test(unknown.stderr)], [2, true]);
    if (process.platform === 'win32') return;
    const outside = join(project.env['HOME']!, 'theirs.json');
    await writeFile(outside, '{}');
    await symlink(outside, join(project.root, '.mcp.json'));
    const { code, stderr } = await runTroupe(t, project, ['init', '--client', 'claude-code']);
    assert.equal(code, 5, stderr);
    assert.equal(await readFile(outside, 'utf8'), '{}');
  });

  it(
    'keeps the permissions of a configuration in the home folder, also behind a link',
    { skip: process.platform === 'win32' },
    async (t) => {
      const project = await exampleProject(t, { empty: true });
      const home = project.env['HOME']!;
      const kept = join(home, 'dotfiles-codex.toml');
      await writeFile(kept, '# mine\n');
      await chmod(kept, 0o600);
      await mkdir(join(home, '.codex'));
      await symlink(kept, join(home, '.codex', 'config.toml'));
      await initJson(t, project, '--client', 'codex');
      assert.match(await readFile(kept, 'utf8'), /^# mine\n\n\[mcp_servers\.troupe\]$/m);
      assert.equal((await stat(kept)).mode & 0o777, 0o600);
    },
  );
});
