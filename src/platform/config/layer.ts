import { nearestNames, type AppError } from '../../kernel/index.ts';
import { configErrors } from './errors.ts';
import { settingKeys, type SettingKey } from './setting-keys.ts';
import { whyRefused } from './why-refused.ts';

/** One value of one layer, with the place it was written at. */
export interface LayerEntry {
  setting: SettingKey;
  value: unknown;
  /** `flag`, `env NAME`, or `file:line`. */
  origin: string;
}

/** Something in the configuration that has no effect, or cannot be used; said, never silent. */
export interface SettingsProblem {
  code: 'config.unknown_key' | 'config.untrusted_key' | 'config.invalid' | 'config.unreadable';
  /** `file:line`, `env NAME` or `--set`. */
  place: string;
  /** What is wrong there; the place is not said again. */
  message: string;
}

/** What cannot be used, as the error that stops every command but the one that explains the settings. */
export interface Fault {
  place: string;
  error: AppError;
}

export interface Layer {
  entries: LayerEntry[];
  problems: SettingsProblem[];
  faults: Fault[];
}

export function emptyLayer(): Layer {
  return { entries: [], problems: [], faults: [] };
}

/** A problem as data: its place stands beside the message, not in it. */
export function problemAt(place: string, { code, message }: AppError): SettingsProblem {
  return { code: code as SettingsProblem['code'], place, message: message.replace(`${place}: `, '') };
}

/** Adds a value that the setting's schema accepts; any other is a fault of the layer, `config.invalid`. */
export function addEntry(layer: Layer, setting: SettingKey, value: unknown, origin: string): void {
  const parsed = setting.schema.safeParse(value);
  if (parsed.success) {
    layer.entries.push({ setting, value: parsed.data, origin });
    return;
  }
  const place = origin === 'flag' ? '--set' : origin;
  const reason = whyRefused(setting, value, parsed.error.issues);
  const error = configErrors.make('config.invalid', { place, key: setting.fileKey, reason });
  layer.faults.push({ place, error });
}

/** The setting that a mistyped key most likely means, by its name in files. */
export function nearestKey(key: string): string | undefined {
  const known = [...settingKeys.values()].map((setting) => setting.fileKey);
  return nearestNames(key, known)[0];
}

export function unknownKey(place: string, key: string): SettingsProblem {
  return problemAt(place, configErrors.make('config.unknown_key', { place, key, nearest: nearestKey(key) }));
}
