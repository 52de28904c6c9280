import { z } from 'zod';
import { settingFacts, type SettingFacts } from './setting.ts';
import { settingsSchema } from './schema.ts';

/** One setting with all its names. */
export interface SettingKey extends SettingFacts {
  /** As in code: `jobs.maxWaiting`. */
  key: string;
  /** As in files and on the wire: `jobs.max_waiting`. */
  fileKey: string;
  /** As in the environment: `TROUPE_JOBS_MAX_WAITING`. */
  env: string;
  schema: z.ZodType;
  /** `undefined` when it is not set by default. */
  defaultValue: unknown;
}

/** Every setting, by its name in code, in the order of the schema. */
export const settingKeys: ReadonlyMap<string, SettingKey> = new Map(
  collect(settingsSchema, []).map((setting) => [setting.key, setting]),
);

function collect(group: z.ZodObject, path: readonly string[]): SettingKey[] {
  return Object.entries(group.shape as Record<string, z.ZodType>).flatMap(([name, schema]) => {
    const place = [...path, name];
    if (schema instanceof z.ZodObject) return collect(schema, place);
    const facts = settingFacts(schema);
    if (facts === undefined) throw new TypeError(`${place.join('.')} is not declared with setting()`);
    const key = place.join('.');
    const fileKey = toSnakeCase(key);
    const env = `TROUPE_${fileKey.replaceAll('.', '_').toUpperCase()}`;
    return [{ ...facts, key, fileKey, env, schema, defaultValue: schema.parse(undefined) }];
  });
}

function toSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The name in code of a name in either spelling. */
export const toCamelCase = (name: string) =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
