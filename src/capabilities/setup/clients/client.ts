import type { Launch } from '../program/launch.ts';

/** Names of the known clients, as `--client` takes them. */
export const clientNames = ['cursor', 'claude-code', 'vscode', 'windsurf', 'codex'] as const;

/** A program with an agent that can use MCP servers. */
export type ClientName = (typeof clientNames)[number];

/** What a client's files lie relative to. */
export interface Places {
  /** Real path of the project's root. */
  root: string;
  home: string;
  env: NodeJS.ProcessEnv;
  platform: NodeJS.Platform;
}

/** How one client is told of a server. */
export interface Client {
  name: ClientName;
  title: string;
  /** Its configuration: in the project where it has one there, else the user's. */
  configFile: (places: Places) => { path: string; inProject: boolean };
  /** Files and folders that show that it is used here. */
  traces: (places: Places) => readonly string[];
  format: 'json' | 'toml';
  /** Key that holds the servers by name. */
  serversKey: string;
  /** Fields of a new entry beside those of `entry`; the user's to change. */
  initialFields?: Record<string, unknown>;
  /** The fields that the server's entry must have. */
  entry: (launch: Launch, places: Places) => Record<string, unknown>;
}
