import { counted } from '../../../kernel/index.ts';
import type { PersonaRegistry } from '../../personas/index.ts';
import { ok, warning, type Finding } from './check.ts';

/** How many personas there are, what is wrong with their files, and which are not trusted. */
export async function checkPersonas(registry: PersonaRegistry): Promise<Finding[]> {
  const personas = await registry.list();
  const problems = await registry.problems();
  const untrusted = personas.filter(({ trusted }) => !trusted).map(({ name }) => name);
  const own = personas.filter(({ layer }) => layer !== 'built-in').length;
  return [
    ok(
      'personas',
      `${counted(personas.length, 'persona')}${own === 0 ? '' : `, ${own} of them not built in`}`,
    ),
    ...problems.map(({ path, line, severity, message }): Finding => {
      const place = line === undefined ? path : `${path}:${line}`;
      return severity === 'warning'
        ? warning('personas', `${place}  ${message}`, '')
        : {
            subject: 'personas',
            state: 'broken',
            message: `${place}  ${message}`,
            remedy: 'Fix the file, or move it away; the other personas are not affected.',
          };
    }),
    ...untrusted.map((name) =>
      warning(
        'personas',
        `${name} comes from this project and is not trusted: no language model reads it`,
        `Read it and trust it: troupe personas trust ${name}`,
      ),
    ),
  ];
}
