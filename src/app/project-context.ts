import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ownFile, systemClock, systemIds, type Clock, type IdSource } from '../kernel/index.ts';
import { findProjectRoot } from '../platform/files/index.ts';
import { loadSettings, type ResolvedSettings } from '../platform/config/index.ts';
import { homeFolder, userConfigFolder } from '../platform/user-folders/index.ts';
import { resolveModelChain, type ResolvedModelChain } from '../capabilities/models/index.ts';
import {
  openFileTrustStore,
  openPersonaRegistry,
  type PersonaRegistry,
  type TrustStore,
} from '../capabilities/personas/index.ts';

export interface ContextOptions {
  cwd: string;
  /** `--project`. */
  project?: string | undefined;
  env: NodeJS.ProcessEnv;
  /** Settings from the command line, by dotted name. */
  flags?: Record<string, unknown> | undefined;
  clock?: Clock;
  ids?: IdSource;
}

/** What is known of a project before anything is opened in it: cheap, and free of side effects. */
export interface ProjectContext {
  /** Real path. */
  root: string;
  env: NodeJS.ProcessEnv;
  settings: ResolvedSettings;
  userConfigDir: string;
  personas: PersonaRegistry;
  trust: TrustStore;
  chain: ResolvedModelChain;
  clock: Clock;
  ids: IdSource;
}

const builtInPersonas = fileURLToPath(
  ownFile(import.meta.url, { source: '../capabilities/personas/built-in/', built: './built-in/' }),
);

/**
 * The settings in force for a project, and nothing else of it. Errors: `files.no_project`, `files.not_found`, `config.*`;
 * with `listFaults` what cannot be used is among the problems instead.
 */
export async function loadProjectSettings(
  { cwd, project, env, flags = {} }: ContextOptions,
  { listFaults }: { listFaults: boolean },
): Promise<Pick<ProjectContext, 'root' | 'userConfigDir' | 'settings'>> {
  const home = homeFolder();
  const root = await findProjectRoot({ cwd, home, ...(project === undefined ? {} : { project }) });
  const userConfigDir = userConfigFolder({ env, home, platform: process.platform });
  const settings = await loadSettings({ projectRoot: root, env, userConfigDir, flags, listFaults });
  return { root, userConfigDir, settings };
}

/** Errors: `files.no_project`, `files.not_found`, `config.*`, `models.*` (a chain somebody asked for is wrong). */
export async function openProjectContext(options: ContextOptions): Promise<ProjectContext> {
  const { env, clock = systemClock, ids = systemIds } = options;
  const { root, userConfigDir, settings } = await loadProjectSettings(options, { listFaults: false });
  const trust = openFileTrustStore({ path: join(userConfigDir, 'trust.json') });
  const { personas: switches } = settings.values;
  const personas = openPersonaRegistry({
    builtInFolder: builtInPersonas,
    userFolder: join(userConfigDir, 'personas'),
    projectFolder: join(root, '.agent-os', 'personas'),
    trust,
    switches,
    maxDocumentBytes: switches.maxDocumentBytes,
    maxFiles: switches.maxFiles,
  });
  const chain = resolveModelChain({ settings: settings.values.models, env });
  return { root, env, settings, userConfigDir, personas, trust, chain, clock, ids };
}

/** What is wrong with the set-up but stops nothing: settings left out, providers set up by half. */
export function setupProblems({ settings, chain }: ProjectContext): string[] {
  return [
    ...settings.problems.map(({ place, message }) => `${place}: ${message}`),
    ...chain.problems.map(({ line }) => line),
  ];
}
