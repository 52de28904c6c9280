import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { TestContext } from 'node:test';
import { afterwards } from '../../../src/platform/files/testing.ts';
import { deskCommand, LineLog, personaFolder } from './desk-process.ts';
import type { DeskServerSettings } from './desk-server.ts';

/** A JSON-RPC message as it came. */
export interface RawMessage {
  id?: number | string | null;
  method?: string;
  params?: Record<string, unknown>;
  result?: Record<string, unknown>;
  error?: { code: number; message: string; data?: unknown };
}

/** A peer that writes whatever it likes to a desk server's standard input. */
export interface RawPeer {
  /** Writes a line: a text as it is, anything else as JSON. */
  send(message: unknown): void;
  /** The first message, arrived or yet to come, with this id. */
  answer(id: number): Promise<RawMessage>;
  /** Every line of standard output so far. */
  output: LineLog;
  log: LineLog;
  endInput(): void;
  /** Exit code of the server. */
  exited: Promise<number | null>;
}

export async function startRawPeer(
  t: TestContext,
  settings: Partial<DeskServerSettings> = {},
): Promise<RawPeer> {
  const { command, args } = deskCommand(settings.personas ?? (await personaFolder(t)), settings);
  const child = spawn(command, args, { stdio: 'pipe' });
  // A server that ends while a huge message is being written breaks the pipe; the test sees that in its exit.
  child.stdin.on('error', () => undefined);
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  afterwards(t, async () => {
    child.kill();
    await exited;
  });
  const output = new LineLog(child.stdout);
  const log = new LineLog(child.stderr);
  return {
    send: (message) =>
      child.stdin.write(`${typeof message === 'string' ? message : JSON.stringify(message)}\n`),
    async answer(id) {
      return JSON.parse(await output.next(new RegExp(`"id":${id}[,}]`))) as RawMessage;
    },
    output,
    log,
    endInput: () => child.stdin.end(),
    exited,
  };
}

/** The handshake of the older revisions. */
export const initialize = {
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
};

export function toolCall(id: number, name: string, args: Record<string, unknown>) {
  return { jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: args } };
}
