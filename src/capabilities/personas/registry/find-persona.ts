import { comparable, nearestNames } from '../../../kernel/contract/index.ts';
import { personaErrors } from '../errors.ts';
import type { Persona } from '../persona.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * The persona of this name, `@name`, or title. Errors: `personas.unknown`, `personas.not_loaded`,
 * `personas.switched_off`.
 */
export function findPersona({ on, off, problems, byName }: Snapshot, name: string): Persona {
  const asked = name.trim().replace(/^@/, '');
  const wanted = comparable(asked);
  const persona = byName.get(wanted);
  if (persona !== undefined) {
    const setting = off.find((one) => one.persona === persona)?.setting;
    if (setting === undefined) return persona;
    throw personaErrors.make('personas.switched_off', { name: persona.name, setting });
  }
  const broken = problems.find(
    ({ path, severity }) => severity === 'error' && path.endsWith(`/${wanted}.md`),
  );
  if (broken !== undefined) {
    const { path, line, message: reason } = broken;
    throw personaErrors.make('personas.not_loaded', { name: wanted, path, line, reason });
  }
  const known = [...on.map((one) => one.name), ...on.map((one) => one.displayName)];
  const nearest = nearestNames(asked, known).map((near) => byName.get(comparable(near))?.name ?? near);
  throw personaErrors.make('personas.unknown', {
    name: asked.slice(0, 100),
    nearest: [...new Set(nearest)],
    core: on.filter(({ priority }) => priority === 'core').map((one) => one.name),
    specialists: on.filter(({ priority }) => priority === 'specialist').map((one) => one.name),
  });
}
