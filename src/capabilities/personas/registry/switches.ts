import type { Persona } from '../persona.ts';

/** Which personas can be asked, from the configuration. Standards stay usable with all of them off. */
export interface PersonaSwitches {
  /** `personas.enabled`: false switches all personas off. */
  enabled: boolean;
  /** `personas.disabled`: names switched off one by one. */
  disabled: readonly string[];
  /** `personas.profile`: `all`, or only those whose priority is `core`. */
  profile: 'all' | 'core';
}

export const allSwitchedOn: PersonaSwitches = { enabled: true, disabled: [], profile: 'all' };

/** The setting that switches this persona off, or `undefined` when it is on. */
export function switchedOffBy(
  persona: Pick<Persona, 'name' | 'priority'>,
  { enabled, disabled, profile }: PersonaSwitches,
): string | undefined {
  if (!enabled) return 'personas.enabled';
  if (disabled.includes(persona.name)) return 'personas.disabled';
  if (profile === 'core' && persona.priority !== 'core') return 'personas.profile';
  return undefined;
}
