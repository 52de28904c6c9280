import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { TestContext } from 'node:test';
import { Client, type ClientOptions } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterwards } from '../../../src/platform/files/testing.ts';
import { noBuiltIns } from './desk.ts';
import type { DeskServerSettings } from './desk-server.ts';

/** Protocol revisions that the door must serve. */
export const revisions = ['2026-07-28', '2025-11-25', '2025-06-18'] as const;
export type Revision = (typeof revisions)[number];

/** Lines of a process's standard error, those already written included. */
export class LineLog {
  readonly lines: string[] = [];
  #waiting: { pattern: RegExp; found: (line: string) => void }[] = [];

  constructor(stream: Readable) {
    let rest = '';
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      const parts = (rest + chunk).split('\n');
      rest = parts.pop()!;
      for (const line of parts) this.#take(line);
    });
  }

  /** The first line, written or yet to come, that matches. */
  next(pattern: RegExp): Promise<string> {
    const known = this.lines.find((line) => pattern.test(line));
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((found) => this.#waiting.push({ pattern, found }));
  }

  #take(line: string): void {
    this.lines.push(line);
    for (const { pattern, found } of this.#waiting) if (pattern.test(line)) found(line);
  }
}

/** A folder of personas `architect`, `security` and `dba` (a specialist), removed after the test. */
export async function personaFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'troupe-mcp-'));
  afterwards(t, () => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, noBuiltIns));
  await writePersona(folder, 'architect', 'core');
  await writePersona(folder, 'security', 'core');
  await writePersona(folder, 'dba', 'specialist');
  return folder;
}

export async function writePersona(
  folder: string,
  name: string,
  priority: 'core' | 'specialist',
): Promise<void> {
  const frontMatter = `name: ${name}\ndescription: Looks after ${name} matters.\npriority: ${priority}`;
  await writeFile(join(folder, `${name}.md`), `---\n${frontMatter}\n---\n\nYou are ${name}.\n`);
}

/** Command and arguments that start the desk server. */
export function deskCommand(personas: string, settings: Partial<DeskServerSettings> = {}) {
  const all: DeskServerSettings = {
    personas,
    profile: 'full',
    personaTools: true,
    failures: 0,
    ...settings,
  };
  return {
    command: process.execPath,
    args: [join(import.meta.dirname, 'desk-server.ts'), JSON.stringify(all)],
  };
}

/** A connected official client of one revision, its process's standard error beside it; closed after the test. */
export async function connectDesk(
  t: TestContext,
  options: Partial<DeskServerSettings> & { revision?: Revision; client?: ClientOptions } = {},
): Promise<{ client: Client; log: LineLog; folder: string }> {
  const { revision = '2026-07-28', client: clientOptions = {}, ...settings } = options;
  const folder = settings.personas ?? (await personaFolder(t));
  const transport = new StdioClientTransport({ ...deskCommand(folder, settings), stderr: 'pipe' });
  const log = new LineLog(transport.stderr as Readable);
  const negotiation: ClientOptions =
    revision === '2026-07-28'
      ? { versionNegotiation: { mode: { pin: revision } } }
      : { supportedProtocolVersions: [revision] };
  const client = new Client({ name: 'desk tests', version: '1' }, { ...clientOptions, ...negotiation });
  afterwards(t, () => client.close());
  await client.connect(transport);
  return { client, log, folder };
}
