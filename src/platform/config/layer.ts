import type { z } from 'zod';
import { configErrors } from './errors.ts';
import { nearestName } from './nearest-name.ts';
import { settingKeys, type SettingKey } from './setting-keys.ts';

/** One value of one layer, with the place it was written at. */
export interface LayerEntry {
  setting: SettingKey;
  value: unknown;
  /** `flag`, `env NAME`, or `file:line`. */
  origin: string;
}

/** Something in the configuration that has no effect; said, never silent. */
export interface SettingsProblem {
  code: 'config.unknown_key' | 'config.untrusted_key';
  /** `file:line` or `env NAME`. */
  place: string;
  message: string;
}

export interface Layer {
  entries: LayerEntry[];
  problems: SettingsProblem[];
}

/** Checks a value against the setting's schema. Errors: `config.invalid` with the place. */
export function checkedEntry(setting: SettingKey, value: unknown, origin: string): LayerEntry {
  const parsed = setting.schema.safeParse(value);
  if (parsed.success) return { setting, value: parsed.data, origin };
  const reason = parsed.error.issues.map(issueText).join('; ');
  throw configErrors.make('config.invalid', { place: origin, key: setting.fileKey, reason });
}

// Never the value itself: it may be a secret in the wrong place.
function issueText(issue: z.core.$ZodIssue): string {
  const message = issue.message.replace(/^Invalid input: /, '');
  return issue.path.length === 0 ? message : `${issue.path.join('.')}: ${message}`;
}

/** The setting that a mistyped key most likely means, by its name in files. */
export function nearestKey(key: string): string | undefined {
  return nearestName(
    key,
    [...settingKeys.values()].map((setting) => setting.fileKey),
  );
}

export function unknownKey(place: string, key: string): SettingsProblem {
  const { message } = configErrors.make('config.unknown_key', { place, key, nearest: nearestKey(key) });
  return { code: 'config.unknown_key', place, message };
}
