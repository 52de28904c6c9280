import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { afterwards } from '../../platform/files/testing.ts';
import { openPersonaRegistry } from './registry/open-persona-registry.ts';
import type { PersonaRegistry, PersonaRegistryOptions } from './registry/persona-registry.ts';
import { openFileTrustStore } from './trust/file-trust-store.ts';
import type { TrustStore } from './trust/trust-store.ts';

/** Absolute path of the personas shipped with the package, in the source tree. */
export const builtInFolder = join(import.meta.dirname, 'built-in');

/** A persona document with the given front matter lines. */
export function personaText(frontMatter: string, body = 'You look after the database.'): string {
  return `---\n${frontMatter.trim()}\n---\n\n${body}\n`;
}

export interface PersonaProject {
  /** Real path of a temporary project, removed when the test ends. */
  root: string;
  /** Its personas folder; `makeFolder: false` leaves it to the test. */
  folder: string;
  userFolder: string;
  trustPath: string;
  trust: TrustStore;
  registry: PersonaRegistry;
  /** Writes a file into the project's personas folder. */
  write(file: string, content: string | Uint8Array): Promise<void>;
}

/** A temporary project with a registry over it; everything is closed and removed when the test ends. */
export async function personaProject(
  t: TestContext,
  options: Partial<PersonaRegistryOptions> & { makeFolder?: boolean } = {},
): Promise<PersonaProject> {
  const place = await realpath(await mkdtemp(join(tmpdir(), 'personas-')));
  const root = join(place, 'project');
  const folder = join(root, '.agent-os', 'personas');
  const userFolder = join(place, 'user', 'personas');
  const trustPath = join(place, 'user', 'trust.json');
  await mkdir(options.makeFolder === false ? root : folder, { recursive: true });
  await mkdir(userFolder, { recursive: true });
  const trust = openFileTrustStore({ path: trustPath });
  const { makeFolder: _, ...registryOptions } = options;
  const registry = openPersonaRegistry({
    builtInFolder,
    userFolder,
    projectFolder: folder,
    trust,
    ...registryOptions,
  });
  // A database or an index that the test opens in the project later is closed before.
  afterwards(t, () => rm(place, { recursive: true, force: true, maxRetries: 5 }));
  afterwards(t, () => registry.close());
  const write = (file: string, content: string | Uint8Array) => writeFile(join(folder, file), content);
  return { root, folder, userFolder, trustPath, trust, registry, write };
}
