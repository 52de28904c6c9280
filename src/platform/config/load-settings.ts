import path from 'node:path';
import type { AppError } from '../../kernel/index.ts';
import { readConfigFile, readProjectConfigFile } from './config-file.ts';
import { environmentLayer, flagLayer } from './environment-layer.ts';
import { configErrors } from './errors.ts';
import { fileLayer } from './file-layer.ts';
import {
  emptyLayer,
  problemAt,
  type Fault,
  type Layer,
  type LayerEntry,
  type SettingsProblem,
} from './layer.ts';
import type { Settings } from './schema.ts';
import { settingKeys } from './setting-keys.ts';
import { trustedEntries } from './trusted-entries.ts';

const projectFile = '.agent-os/config.yaml';

/** A setting with the value in force and where it comes from. */
export interface ExplainedSetting {
  /** As in files: `jobs.max_waiting`. */
  key: string;
  /** Name in the environment. */
  env: string;
  /** In force; `(hidden)` for a secret that is set. */
  value: unknown;
  /** `flag`, `env NAME`, `file:line` or `default`. */
  origin: string;
  description: string;
  /** Left out unless it is one. */
  secret?: boolean;
}

/** The settings in force. */
export interface ResolvedSettings {
  /** Complete: every setting has its value or its default. */
  values: Settings;
  /** Every setting with the place its value comes from, in the order of the schema. */
  explain(): ExplainedSetting[];
  /**
   * What stands in the configuration without effect: unknown keys, and keys that a project may not set; with `listFaults`
   * also what cannot be used.
   */
  problems: SettingsProblem[];
}

/** Where settings are read from; nothing else is looked at. */
export interface SettingsSources {
  /** `undefined` when there is no project yet. */
  projectRoot: string | undefined;
  env: NodeJS.ProcessEnv;
  /** Folder of the user's `config.yaml`; see `platform/user-folders`. */
  userConfigDir: string;
  /** Settings from the command line by dotted name, in either spelling; `undefined` values count as not given. */
  flags?: Record<string, unknown>;
  /** Lists what cannot be used among the problems, where else it is an error; such a value is as if it were not there. */
  listFaults?: boolean;
}

/**
 * Reads all layers: flags, then environment, then the project's file, then the user's, then defaults; the nearest one
 * that names a setting decides it whole, lists included.
 *
 * Guarantee: nothing from a project's file takes effect that redirects calls, keys or data, or raises spending.
 * Errors: `config.invalid`, `config.unreadable`, `config.several_invalid` (none of them with `listFaults`),
 * `config.unknown_key` (flags only), `files.outside_project`.
 */
export async function loadSettings(sources: SettingsSources): Promise<ResolvedSettings> {
  const userFile = path.join(sources.userConfigDir, 'config.yaml');
  const user = await layerOf(readConfigFile(userFile, userFile), userFile);
  const projectText =
    sources.projectRoot === undefined
      ? undefined
      : await readProjectConfigFile(sources.projectRoot, projectFile);
  const project = await layerOf(projectText, projectFile);
  const userEntries = new Map(user.entries.map((entry) => [entry.setting.key, entry]));
  const trusted = trustedEntries(
    project,
    ({ setting }) => userEntries.get(setting.key)?.value ?? setting.defaultValue,
  );
  const layers = [user, trusted, environmentLayer(sources.env), flagLayer(sources.flags ?? {})];

  // Outermost first, so that nearer layers replace what they name.
  const inForce = new Map<string, LayerEntry>();
  for (const entry of layers.flatMap((layer) => layer.entries)) inForce.set(entry.setting.key, entry);
  const values = asTree(inForce);
  const faults = [...layers.flatMap((layer) => layer.faults), ...contradictions(values, inForce)];
  if (faults.length > 0 && sources.listFaults !== true) throw errorOf(faults);
  const problems = [
    ...faults.map(({ place, error }) => problemAt(place, error)),
    ...layers.flatMap((layer) => layer.problems),
  ];
  return { values, explain: () => explain(inForce), problems };
}

/** One fault as it is, several together, so that all can be corrected at once. */
function errorOf(faults: readonly Fault[]): AppError {
  const problems = [...new Set(faults.map(({ error }) => error.message))];
  return problems.length === 1 ? faults[0]!.error : configErrors.make('config.several_invalid', { problems });
}

async function layerOf(text: string | undefined, shownName: string): Promise<Layer> {
  return text === undefined ? emptyLayer() : fileLayer(text, shownName);
}

/** The values in force as the schema's tree. */
function asTree(inForce: ReadonlyMap<string, LayerEntry>): Settings {
  const tree: Record<string, Record<string, unknown>> = {};
  for (const { key, defaultValue } of settingKeys.values()) {
    const [area, name] = key.split('.') as [string, string];
    tree[area] ??= {};
    const entry = inForce.get(key);
    tree[area][name] = entry === undefined ? defaultValue : entry.value;
  }
  // Each value has passed its own schema, and the keys are the schema's; parsing all again would cost start-up time.
  return tree as Settings;
}

/** Values that are fine each for itself and not together. */
function contradictions({ jobs, database }: Settings, inForce: ReadonlyMap<string, LayerEntry>): Fault[] {
  const faults: Fault[] = [];
  const refuse = (keys: readonly string[], reason: string) => {
    const given = keys.flatMap((key) => inForce.get(key) ?? []).at(0);
    const place = given?.origin ?? 'default';
    const key = given?.setting.fileKey ?? keys.join();
    faults.push({ place, error: configErrors.make('config.invalid', { place, key, reason }) });
  };
  if (jobs.heartbeatMs * 2 > jobs.leaseMs) {
    const figures = `jobs.heartbeat_ms (${jobs.heartbeatMs}) must be at most half of jobs.lease_ms (${jobs.leaseMs})`;
    refuse(['jobs.heartbeatMs', 'jobs.leaseMs'], figures);
  }
  if (database.cleanupAtMb > database.refuseAtMb) {
    const { cleanupAtMb, refuseAtMb } = database;
    const figures = `database.cleanup_at_mb (${cleanupAtMb}) must not exceed database.refuse_at_mb (${refuseAtMb})`;
    refuse(['database.cleanupAtMb', 'database.refuseAtMb'], figures);
  }
  return faults;
}

function explain(inForce: ReadonlyMap<string, LayerEntry>): ExplainedSetting[] {
  return [...settingKeys.values()].map(({ key, fileKey, env, defaultValue, description, secret }) => {
    const entry = inForce.get(key);
    const value = entry === undefined ? defaultValue : entry.value;
    return {
      key: fileKey,
      env,
      value: secret && value !== undefined ? '(hidden)' : value,
      origin: entry?.origin ?? 'default',
      description,
      ...(secret ? { secret } : {}),
    };
  });
}
