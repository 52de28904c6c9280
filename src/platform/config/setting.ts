import type { z } from 'zod';

/**
 * Who may set it. A project's file is somebody else's text: it cannot redirect calls, keys or data, nor spend more.
 * - `anyone`: every layer;
 * - `tighten`: a project may lower the figure that holds without it, never raise it;
 * - `user`: flags, environment and the user's own file only.
 */
export type SettingTrust = 'anyone' | 'tighten' | 'user';

export interface SettingFacts {
  /** What it does, with unit and range where they are not plain. */
  description: string;
  trust: SettingTrust;
  /** Never shown. */
  secret: boolean;
}

/** Declares one setting: its schema with default, and what people must know about it. */
export function setting<S extends z.ZodType>(
  schema: S,
  description: string,
  { trust = 'anyone', secret = false }: { trust?: SettingTrust; secret?: boolean } = {},
): S {
  return schema.meta({ description, trust, secret });
}

/** What `setting` noted on a schema; `undefined` for a group of settings. */
export function settingFacts(schema: z.ZodType): SettingFacts | undefined {
  const meta = schema.meta();
  if (meta?.['trust'] === undefined) return undefined;
  return {
    description: meta.description ?? '',
    trust: meta['trust'] as SettingTrust,
    secret: meta['secret'] === true,
  };
}
