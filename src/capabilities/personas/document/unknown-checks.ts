import { nearestNames } from '../../../kernel/contract/index.ts';
import type { PersonaCheck } from './rule-packs.ts';

/** A rule that a persona names and nobody ships. */
export interface UnknownCheck {
  check: PersonaCheck;
  /** The rules that may have been meant, best first, at most three. */
  nearest: readonly string[];
}

/**
 * The checks that name a rule there is not, so that nothing runs for them. Rule packs are known by the format; the names
 * of rules are read only where one is named.
 */
export async function unknownChecks(checks: readonly PersonaCheck[]): Promise<UnknownCheck[]> {
  const named = checks.filter((check) => check.includes('/'));
  if (named.length === 0) return [];
  const { ruleNames } = await import('../../analyzers/index.ts');
  const known = await ruleNames();
  return named
    .filter((check) => !known.includes(check))
    .map((check) => ({ check, nearest: nearestRules(check, known) }));
}

/** In words: `there is no rule security/evall (did you mean security/eval-of-input?)`. */
export function noSuchRule({ check, nearest }: UnknownCheck): string {
  const meant = nearest.length === 0 ? '' : ` (did you mean ${nearest.join(' or ')}?)`;
  return `there is no rule ${check}${meant}`;
}

const most = 3;

/** Its name in another pack, then names like it in its own, then names with a word like one of its words. */
function nearestRules(check: PersonaCheck, known: readonly string[]): string[] {
  const [pack, name] = check.split('/') as [string, string];
  const elsewhere = known.filter((rule) => rule.endsWith(`/${name}`));
  if (elsewhere.length > 0) return elsewhere.slice(0, most);
  const names = known
    .filter((rule) => rule.startsWith(`${pack}/`))
    .map((rule) => rule.slice(pack.length + 1));
  const alike = nearestNames(name, names);
  const words = new Set(names.flatMap(wordsOf));
  const near = wordsOf(name).flatMap((word) => nearestNames(word, [...words]));
  const sharing = names.filter((other) => wordsOf(other).some((word) => near.includes(word)));
  return (alike.length > 0 ? alike : sharing).slice(0, most).map((other) => `${pack}/${other}`);
}

/** The words of a rule's name that say something. */
const wordsOf = (name: string) => name.split('-').filter((word) => word.length >= 4);
