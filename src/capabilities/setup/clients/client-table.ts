import { join } from 'node:path';
import { modelVariables } from '../../models/index.ts';
import type { Launch } from '../program/launch.ts';
import type { Client, Places } from './client.ts';

/** For clients whose servers may start in any folder: the project is named. */
function boundEntry({ command, entry }: Launch, { root }: Places): Record<string, unknown> {
  return { command, args: [entry, 'mcp', '--project', root] };
}

/** For clients that start their servers in the project, so that copies and worktrees of it work too. */
function startedInProject({ command, entry }: Launch): Record<string, unknown> {
  return { command, args: [entry, 'mcp'] };
}

const codexHome = ({ env, home }: Places) => env['CODEX_HOME'] ?? join(home, '.codex');

/** Where VS Code keeps its user settings. */
function codeUserFolder({ env, home, platform }: Places): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Code');
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Code');
  return join(env['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'Code');
}

/** The clients that `troupe init` configures, with the facts of their documentation. */
export const clients: readonly Client[] = [
  {
    name: 'cursor',
    title: 'Cursor',
    configFile: ({ root }) => ({ path: join(root, '.cursor', 'mcp.json'), inProject: true }),
    traces: ({ root, home }) => [join(root, '.cursor'), join(home, '.cursor')],
    format: 'json',
    serversKey: 'mcpServers',
    entry: boundEntry,
  },
  {
    name: 'claude-code',
    title: 'Claude Code',
    configFile: ({ root }) => ({ path: join(root, '.mcp.json'), inProject: true }),
    traces: ({ root, home }) => [
      ...['.claude', '.mcp.json', 'CLAUDE.md'].map((name) => join(root, name)),
      join(home, '.claude'),
      join(home, '.claude.json'),
    ],
    format: 'json',
    serversKey: 'mcpServers',
    entry: startedInProject,
  },
  {
    name: 'vscode',
    title: 'VS Code',
    configFile: ({ root }) => ({ path: join(root, '.vscode', 'mcp.json'), inProject: true }),
    traces: (places) => [join(places.root, '.vscode'), join(places.home, '.vscode'), codeUserFolder(places)],
    format: 'json',
    serversKey: 'servers',
    entry: (launch, places) => ({ type: 'stdio', ...boundEntry(launch, places) }),
  },
  {
    name: 'windsurf',
    title: 'Windsurf',
    configFile: ({ home }) => ({
      path: join(home, '.codeium', 'windsurf', 'mcp_config.json'),
      inProject: false,
    }),
    traces: ({ root, home }) => [join(root, '.windsurf'), join(home, '.codeium', 'windsurf')],
    format: 'json',
    serversKey: 'mcpServers',
    entry: boundEntry,
  },
  {
    name: 'codex',
    title: 'Codex',
    configFile: (places) => ({ path: join(codexHome(places), 'config.toml'), inProject: false }),
    traces: (places) => [join(places.root, '.codex'), codexHome(places)],
    format: 'toml',
    serversKey: 'mcp_servers',
    // Codex gives its servers a few variables only; these names let the keys through, where they are set.
    initialFields: { env_vars: modelVariables },
    entry: startedInProject,
  },
];
