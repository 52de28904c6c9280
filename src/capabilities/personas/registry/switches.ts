import { comparable, nearestNames } from '../../../kernel/contract/index.ts';
import type { Persona, PersonaProblem } from '../persona.ts';

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
  if (disabled.some((name) => comparable(name) === persona.name)) return 'personas.disabled';
  if (profile === 'core' && persona.priority !== 'core') return 'personas.profile';
  return undefined;
}

/** Names under `personas.disabled` that switch nothing off: a slip there would leave a persona on, unnoticed. */
export function unknownSwitches(
  personas: readonly Pick<Persona, 'name'>[],
  { disabled }: PersonaSwitches,
): PersonaProblem[] {
  const known = personas.map(({ name }) => name);
  return disabled
    .filter((name) => !known.includes(comparable(name)))
    .map((name) => {
      const [meant] = nearestNames(name, known);
      const hint = meant === undefined ? '' : ` (did you mean ${meant}?)`;
      const message = `There is no persona "${name}"${hint}, so this switches nothing off`;
      return { path: 'personas.disabled', line: undefined, severity: 'warning', message };
    });
}
