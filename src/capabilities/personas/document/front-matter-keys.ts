/** Keys at the top of the front matter that mean something, now or by the format. */
export const topKeys = [
  'name',
  'description',
  'display_name',
  'model',
  'tools',
  'disallowed_tools',
  'max_turns',
  'skills',
  'mcp_servers',
  'standard_directory',
  'priority',
  'persona',
] as const;

/** Keys under `persona:`. */
export const sectionKeys = [
  'extends',
  'standard_directory',
  'priority',
  'when',
  'budget',
  'checks',
  'voice',
  'fragments',
  'provenance',
  'lock',
] as const;

/** Set by an author, these change what the persona is; it cannot be loaded as a part of itself. */
export const unsupportedKeys: ReadonlyMap<string, string> = new Map([
  ['extends', 'inheritance'],
  ['fragments', 'including fragments'],
]);

/** Kept, and without effect so far; a persona is whole without them. */
export const inertKeys: ReadonlySet<string> = new Set([
  'skills',
  'mcp_servers',
  'when',
  'budget',
  'voice',
  'lock',
]);
