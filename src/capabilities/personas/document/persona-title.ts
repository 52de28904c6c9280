import { isPersonaName } from '../persona.ts';

/** The name shown to people: `display_name`, else `name` when it is a title, else the identifier in words. */
export function titleOf(
  identifier: string,
  given: { name?: string | undefined; display_name?: string | undefined },
): string {
  if (given.display_name !== undefined) return given.display_name;
  if (given.name !== undefined && !isPersonaName(given.name)) return given.name;
  return identifier
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}

/** Why a file's name is no identifier, and the name it could have. */
export function nameProblem(identifier: string): string {
  const better = identifier
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 50);
  const rename = isPersonaName(better) ? `; rename it to ${better}.md` : '';
  return `the file's name is the persona's name and must be kebab-case, at most 50 characters${rename}`;
}
