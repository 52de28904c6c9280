/**
 * The MCP door over a desk of jobs in memory, as a process of its own: what the door's tests talk to.
 * Arguments: one JSON object, see `DeskServerSettings`.
 */
import { join } from 'node:path';
import {
  openFileTrustStore,
  openPersonaRegistry,
  toolDescriptionOf,
} from '../../../src/capabilities/personas/index.ts';
import { serveMcp, type ToolProfile } from '../../../src/interfaces/mcp/index.ts';
import { noBuiltIns, openDesk, type Desk } from './desk.ts';
import { deskOperations } from './desk-operations.ts';

export interface DeskServerSettings {
  /** Folder with persona files. */
  personas: string;
  profile: ToolProfile;
  personaTools: boolean;
  /** How many times opening the desk fails before it succeeds. */
  failures: number;
}

const settings = JSON.parse(process.argv[2]!) as DeskServerSettings;
const registry = openPersonaRegistry({
  builtInFolder: join(settings.personas, noBuiltIns),
  userFolder: settings.personas,
  trust: openFileTrustStore({ path: join(settings.personas, 'trust.json') }),
});
let failuresLeft = settings.failures;
let desk: Promise<Desk> | undefined;

function openDeps(): Promise<Desk> {
  if (desk !== undefined) return desk;
  process.stderr.write('opening the desk\n');
  failuresLeft -= 1;
  if (failuresLeft >= 0) return Promise.reject(new Error('the desk is locked'));
  return (desk = Promise.resolve(openDesk()));
}

const door = serveMcp<Desk>({
  version: '1.2.3',
  operations: deskOperations,
  personas: {
    list: async () =>
      (await registry.list()).map((persona) => ({ ...persona, description: toolDescriptionOf(persona) })),
    onChange: (listener) => registry.onChange(listener),
  },
  standards: {
    list: () => Promise.resolve([]),
  },
  profile: settings.profile,
  personaTools: settings.personaTools,
  openDeps,
  onProblem: (error) =>
    process.stderr.write(`problem: ${error instanceof Error ? error.message : String(error)}\n`),
});

await door.closed;
registry.close();
process.stderr.write('door closed\n');
