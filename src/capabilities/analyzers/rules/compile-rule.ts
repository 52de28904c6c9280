import type { NapiConfig } from '@ast-grep/napi';
import type { Family, Trade } from '../evidence.ts';
import { analyzerErrors } from '../errors.ts';
import { snippetParser } from '../families/family.ts';
import {
  type CompiledCondition,
  type CompiledFilter,
  type CompiledRule,
  type RuleKey,
  ruleKeys,
} from './compiled-rule.ts';
import type { Parser } from './parser.ts';
import { placePatterns } from './place-patterns.ts';
import { neededByFilter, neededByVariables } from './needed-by-filters.ts';
import { allOf, neededBy, type SyntaxRule } from './needed-words.ts';
import type { Either, Filter, RuleText } from './rule-schema.ts';

/**
 * Makes a rule ready to match: patterns get the context their grammar needs, regular expressions are compiled, and
 * the words a file must contain are worked out. Errors: `analyzers.bad_pack` when ast-grep refuses the rule.
 */
export function compileRule(text: RuleText, parser: Parser): CompiledRule {
  const [trade, family] = text.id.split('/') as [Trade, Family];
  const inContext = (rule: SyntaxRule) => placePatterns(rule, family, parser) as SyntaxRule;
  const utils = mapValues(text.utils ?? {}, inContext);
  const constraints = withTextFilters(mapValues(text.constraints ?? {}, inContext), text.where ?? []);
  const rule = inContext(text.rule);
  const config = {
    rule,
    ...(Object.keys(constraints).length === 0 ? {} : { constraints }),
    ...(text.utils === undefined ? {} : { utils }),
  };
  let filters: CompiledCondition[];
  let configs: CompiledRule['configs'];
  try {
    filters = (text.where ?? []).map((filter) => compileCondition(filter, inContext));
    configs = configsFor(config, family, parser);
  } catch (error) {
    const problem = `${text.id}: ${(error as Error).message.replace(/\s*\n[ |>-]*/g, ' ').replace(/\.$/, '')}`;
    throw analyzerErrors.make('analyzers.bad_pack', {
      pack: `${trade}/${family}.yaml`,
      line: text.line,
      problem,
    });
  }
  const neededWith = { utils, variables: neededByVariables(constraints, filters) };
  const needed = allOf([neededBy(rule, neededWith), ...filters.map(neededByFilter)]);
  const tests = text.files?.tests ?? (trade === 'testing' ? 'only' : 'exclude');
  const atText = text['at-text'];
  const place = atText === undefined ? {} : { placeInText: expressionOf(atText, 'g') };
  return { text, trade, family, configs, needed, neededWith, filters, tests, ...place };
}

/** Throws when ast-grep refuses the rule. TypeScript without JSX has no kinds for it: those alternatives are left out. */
export function configsFor(
  given: { rule: SyntaxRule; constraints?: unknown; utils?: unknown },
  family: Family,
  parser: Parser,
): CompiledRule['configs'] {
  const config = given as NapiConfig;
  parser.parse(snippetParser[family], '').findAll(config);
  if (family !== 'typescript') return { [snippetParser[family]]: config };
  const plain = withoutJsx(config) as NapiConfig | undefined;
  return { [snippetParser.typescript]: config, ...(plain === undefined ? {} : { TypeScript: plain }) };
}

function withoutJsx(value: unknown): unknown {
  if (Array.isArray(value)) {
    const kept = value.map(withoutJsx).filter((v) => v !== undefined);
    return kept.length === 0 ? undefined : kept;
  }
  if (value === null || typeof value !== 'object') return value;
  const { kind } = value as { kind?: unknown };
  if (typeof kind === 'string' && kind.startsWith('jsx_')) return undefined;
  const entries = Object.entries(value).map(([key, inner]) => [key, withoutJsx(inner)] as const);
  return entries.some(([, inner]) => inner === undefined) ? undefined : Object.fromEntries(entries);
}

function compileCondition(
  filter: Filter | Either,
  inContext: (rule: SyntaxRule) => SyntaxRule,
): CompiledCondition {
  if (!('either' in filter)) return compileFilter(filter, inContext);
  return { either: filter.either.map((list) => list.map((f) => compileFilter(f, inContext))) };
}

function compileFilter(filter: Filter, inContext: (rule: SyntaxRule) => SyntaxRule): CompiledFilter {
  const rules: Partial<Record<RuleKey, SyntaxRule>> = {};
  for (const key of ruleKeys) {
    const given = filter[key];
    if (given !== undefined) rules[key] = inContext(typeof given === 'string' ? { pattern: given } : given);
  }
  return {
    filter,
    rules,
    ...(filter.value === undefined ? {} : { value: expressionOf(filter.value) }),
    ...(filter['value-not'] === undefined ? {} : { valueNot: expressionOf(filter['value-not']) }),
    ...(filter.text === undefined ? {} : { text: expressionOf(filter.text) }),
    ...(filter['text-not'] === undefined ? {} : { textNot: expressionOf(filter['text-not']) }),
  };
}

/**
 * Filters on the text of a metavariable, as constraints: ast-grep then drops the match before it becomes an object.
 * Only where both kinds of regular expression read the same: no look-around, no escapes of plain characters.
 */
function withTextFilters(
  constraints: Readonly<Record<string, SyntaxRule>>,
  filters: readonly (Filter | Either)[],
): Record<string, SyntaxRule> {
  const all: Record<string, SyntaxRule> = { ...constraints };
  const add = (name: string, rule: SyntaxRule) => {
    all[name] = all[name] === undefined ? rule : { all: [all[name], rule] };
  };
  for (const filter of filters) {
    if ('either' in filter || filter.of === undefined || filter.of.startsWith('$$$')) continue;
    const name = filter.of.slice(1);
    if (filter.text !== undefined && isPortable(filter.text)) add(name, { regex: filter.text });
    const not = filter['text-not'];
    if (not !== undefined && isPortable(not)) add(name, { not: { regex: not } });
  }
  return all;
}

function isPortable(expression: string): boolean {
  return !/\(\?(?:[=!<]|[ims]+:)|\\[^\w.*+?()[\]{}|^$\\-]|\\[1-9dwWsSbB]?(?=$)|\[[^\]]*\[/.test(expression);
}

/** Flags may lead, as in the rules' own `regex`: `(?i)token`. */
function expressionOf(text: string, always = ''): RegExp {
  const flagged = /^\(\?([ims]+)\)/.exec(text);
  if (flagged === null) return new RegExp(text, always);
  return new RegExp(text.slice(flagged[0].length), `${flagged[1]}${always}`);
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
