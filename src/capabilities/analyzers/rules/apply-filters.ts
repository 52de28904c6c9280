import type { NapiConfig, SgNode } from '@ast-grep/napi';
import type { FileDefinitions } from '../flow/definitions.ts';
import { fold } from '../flow/constants.ts';
import { comesFromOutside, type InputQuestion } from '../flow/inputs.ts';
import type { CompiledCondition, CompiledFilter } from './compiled-rule.ts';
import type { SyntaxRule } from './needed-words.ts';
import type { Filter } from './rule-schema.ts';

export interface MatchContext {
  match: SgNode;
  root: SgNode;
  definitions: () => FileDefinitions;
}

type Nature = 'dynamic' | 'literal' | 'input' | 'request';

/** What a filter's question about a value takes for harmless, on top of what the family does. */
type Allowance = Pick<InputQuestion, 'sanitizedBy' | 'direct' | 'ownSql'>;

const allowanceOf = (filter: Filter): Allowance => ({
  sanitizedBy: new Set(filter['sanitized-by']),
  direct: filter.direct === true,
  ownSql: filter['own-text'] === 'sql',
});

/** Whether every filter holds for a match. */
export function passesFilters(filters: readonly CompiledCondition[], context: MatchContext): boolean {
  return filters.every((filter) =>
    'either' in filter ? passesEither(filter.either, context) : passes(filter, context),
  );
}

/**
 * The part of a match that makes it a finding: the first value that a filter asks about and that has what it asks for,
 * such as the text built for a call. `undefined` when no filter asks about a value.
 */
export function offendingPart(
  filters: readonly CompiledCondition[],
  context: MatchContext,
): SgNode | undefined {
  for (const condition of filters) {
    const asked = 'either' in condition ? condition.either.flat() : [condition];
    for (const { filter, value } of asked) {
      const { is, leads } = filter;
      if (filter.of === undefined) continue;
      const allowance = allowanceOf(filter);
      const part = nodesOf(filter.of, context.match).find(
        (node) =>
          (is !== undefined && hasNature([node], is, allowance, context)) ||
          (leads !== undefined && leadsFrom([node], leads, allowance, context)) ||
          (value !== undefined && isValue(node, value, context)),
      );
      if (part !== undefined) return part;
    }
  }
  return undefined;
}

/** Lists about metavariables that this match did not bind are left out; without any other list the match passes. */
function passesEither(lists: readonly (readonly CompiledFilter[])[], context: MatchContext): boolean {
  const about = lists.filter((list) => list.every(({ filter }) => isBound(filter.of, context.match)));
  return about.length === 0 || about.some((list) => passesFilters(list, context));
}

function passes(compiled: CompiledFilter, context: MatchContext): boolean {
  const { filter, rules } = compiled;
  const nodes = nodesOf(filter.of, context.match);
  if (filter.of !== undefined && nodes.length === 0) return true;
  const allowance = allowanceOf(filter);
  if (filter.is !== undefined && !hasNature(nodes, filter.is, allowance, context)) return false;
  if (filter['is-not'] !== undefined && hasNature(nodes, filter['is-not'], allowance, context)) return false;
  if (filter.leads !== undefined && !leadsFrom(nodes, filter.leads, allowance, context)) return false;
  if (compiled.value && !nodes.some((n) => isValue(n, compiled.value!, context))) return false;
  if (compiled.valueNot && nodes.some((n) => isValue(n, compiled.valueNot!, context))) return false;
  if (compiled.text && !nodes.some((n) => compiled.text!.test(n.text()))) return false;
  if (compiled.textNot && nodes.some((n) => compiled.textNot!.test(n.text()))) return false;
  if (rules.from && !nodes.some((n) => isFrom(n, rules.from!, context))) return false;
  if (rules['from-not'] && nodes.some((n) => isFrom(n, rules['from-not']!, context))) return false;
  return passesPlaces(rules, context);
}

function passesPlaces(rules: CompiledFilter['rules'], context: MatchContext): boolean {
  const { match, root } = context;
  const contains = (within: SgNode, rule: SyntaxRule) => within.find(configOf(rule, match)) !== null;
  const needsFunction = rules['function-has'] ?? rules['function-lacks'];
  if (needsFunction) {
    const around = context.definitions().functionAround(match) ?? root;
    if (rules['function-has'] && !contains(around, rules['function-has'])) return false;
    if (rules['function-lacks'] && contains(around, rules['function-lacks'])) return false;
  }
  if (rules['file-has'] && !contains(root, rules['file-has'])) return false;
  return !(rules['file-lacks'] && contains(root, rules['file-lacks']));
}

function hasNature(
  nodes: readonly SgNode[],
  nature: Nature,
  allowance: Allowance,
  context: MatchContext,
): boolean {
  const definitions = context.definitions();
  const { sanitizedBy, ownSql } = allowance;
  const isSent = (part: SgNode) =>
    comesFromOutside(part, { origin: 'request', definitions, sanitizedBy, direct: true });
  const isConstant = (n: SgNode) => fold(n, definitions, sanitizedBy, ownSql ? isSent : undefined).constant;
  switch (nature) {
    case 'literal':
      return nodes.every(isConstant);
    case 'dynamic':
      return nodes.some((n) => !isConstant(n));
    case 'input':
    case 'request':
      return nodes.some((n) => comesFromOutside(n, { origin: nature, definitions, ...allowance }));
  }
}

function leadsFrom(
  nodes: readonly SgNode[],
  origin: 'input' | 'request',
  allowance: Allowance,
  context: MatchContext,
): boolean {
  const question = { origin, definitions: context.definitions(), leading: true, ...allowance };
  return nodes.some((n) => comesFromOutside(n, question));
}

function isValue(node: SgNode, pattern: RegExp, context: MatchContext): boolean {
  const { value } = fold(node, context.definitions());
  return value !== undefined && pattern.test(value);
}

/** Whether the node, or an expression assigned to the name it is, matches the rule. */
function isFrom(node: SgNode, rule: SyntaxRule, context: MatchContext): boolean {
  const config = configOf(rule, context.match);
  if (node.matches(config)) return true;
  const definitions = context.definitions();
  return definitions.reaching(node.text(), node).some((d) => d.value?.matches(config) === true);
}

/** A list counts as bound when it has a member. */
function isBound(of: string | undefined, match: SgNode): boolean {
  return of === undefined || nodesOf(of, match).length > 0;
}

function nodesOf(of: string | undefined, match: SgNode): SgNode[] {
  if (of === undefined) return [match];
  if (of.startsWith('$$$')) return match.getMultipleMatches(of.slice(3)).filter((n) => n.isNamed());
  const node = match.getMatch(of.slice(1));
  return node === null ? [] : [node];
}

/** A metavariable that the match has bound stands for its text in the filter's own patterns. */
function configOf(rule: SyntaxRule, match: SgNode): NapiConfig {
  return { rule: substitute(rule, match) as NapiConfig['rule'] };
}

function substitute(value: unknown, match: SgNode): unknown {
  if (typeof value === 'string') {
    return value.replace(
      /\$([A-Z_][A-Z0-9_]*)/g,
      (whole, name: string) => match.getMatch(name)?.text() ?? whole,
    );
  }
  if (Array.isArray(value)) return value.map((v) => substitute(v, match));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([k, v]) => [k, k === 'regex' ? v : substitute(v, match)]),
  );
}
