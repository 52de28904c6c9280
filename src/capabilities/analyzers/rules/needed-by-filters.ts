import type { CompiledCondition, CompiledFilter } from './compiled-rule.ts';
import { allOf, neededBy, wordsOfRegex, type Needed, type SyntaxRule } from './needed-words.ts';

/** What a filter about the whole match, its function or its file needs. */
export function neededByFilter(condition: CompiledCondition): Needed {
  if ('either' in condition) return 'nothing';
  const { filter } = condition;
  if (filter.of !== undefined) return 'nothing';
  const text = filter.text !== undefined ? [wordsOfRegex(filter.text)] : [];
  return allOf([...neededPlaces(condition), ...text]);
}

function neededPlaces({ rules }: CompiledFilter): Needed[] {
  return [rules['file-has'], rules['function-has']].flatMap((rule) => (rule ? [neededBy(rule)] : []));
}

/** What the constraints and filters on each single metavariable need; one that is not bound needs nothing. */
export function neededByVariables(
  constraints: Readonly<Record<string, SyntaxRule>>,
  conditions: readonly CompiledCondition[],
): Record<string, Needed> {
  const needs = new Map<string, Needed[]>();
  const add = (name: string, needed: Needed) => needs.set(name, [...(needs.get(name) ?? []), needed]);
  for (const [name, rule] of Object.entries(constraints)) add(name, neededBy(rule));
  for (const condition of conditions) {
    if ('either' in condition || condition.filter.of === undefined) continue;
    const { filter, rules } = condition;
    if (filter.of!.startsWith('$$$')) continue;
    const name = filter.of!.slice(1);
    if (filter.text !== undefined) add(name, wordsOfRegex(filter.text));
    if (rules.from) add(name, neededBy(rules.from));
    for (const needed of neededPlaces(condition)) add(name, needed);
  }
  return Object.fromEntries([...needs].map(([name, all]) => [name, allOf(all)]));
}
