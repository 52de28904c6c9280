import { noSuchRule, type UnknownCheck } from '../../personas/index.ts';

/** What a review says of the checks that its persona names and nobody ships: nothing was looked at for them. */
export function notJudged(unknown: readonly UnknownCheck[], path: string): string | undefined {
  if (unknown.length === 0) return undefined;
  const named = unknown.map(({ check }) => check).join(', ');
  return `what ${named} would look for: ${unknown.map(noSuchRule).join('; ')}. Correct \`checks\` in ${path}.`;
}
