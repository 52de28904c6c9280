import type { NapiConfig } from '@ast-grep/napi';
import type { Family, Trade } from '../evidence.ts';
import { analyzerErrors } from '../errors.ts';
import { snippetParser } from '../families/family.ts';
import type { Parser } from './parser.ts';
import { placePatterns } from './place-patterns.ts';
import { allOf, neededBy, type Needed, type SyntaxRule } from './needed-words.ts';
import type { Filter, RuleText } from './rule-schema.ts';

export interface CompiledRule {
  text: RuleText;
  trade: Trade;
  family: Family;
  config: NapiConfig;
  needed: Needed;
  filters: readonly CompiledFilter[];
  tests: 'only' | 'include' | 'exclude';
}

export interface CompiledFilter {
  filter: Filter;
  value?: RegExp;
  valueNot?: RegExp;
  text?: RegExp;
  textNot?: RegExp;
  /** Rules of `from`, `function-has` and the like, ready to match once metavariables are put in. */
  rules: Readonly<Partial<Record<RuleKey, SyntaxRule>>>;
}

export const ruleKeys = [
  'from',
  'from-not',
  'function-has',
  'function-lacks',
  'file-has',
  'file-lacks',
] as const satisfies readonly (keyof Filter)[];
export type RuleKey = (typeof ruleKeys)[number];

/**
 * Makes a rule ready to match: patterns get the context their grammar needs, regular expressions are compiled, and
 * the words a file must contain are worked out. Errors: `analyzers.bad_pack` when ast-grep refuses the rule.
 */
export function compileRule(text: RuleText, parser: Parser): CompiledRule {
  const [trade, family] = text.id.split('/') as [Trade, Family];
  const inContext = (rule: SyntaxRule) => placePatterns(rule, family, parser) as SyntaxRule;
  const utils = mapValues(text.utils ?? {}, inContext);
  const constraints = mapValues(text.constraints ?? {}, inContext);
  const rule = inContext(text.rule);
  const config = {
    rule,
    ...(text.constraints === undefined ? {} : { constraints }),
    ...(text.utils === undefined ? {} : { utils }),
  } as NapiConfig;
  const filters = (text.where ?? []).map((filter) => compileFilter(filter, inContext));
  try {
    parser.parse(snippetParser[family], '').findAll(config);
  } catch (error) {
    const problem = `${text.id}: ${(error as Error).message.replace(/\s*\n[ |>-]*/g, ' ')}`;
    throw analyzerErrors.make('analyzers.bad_pack', { pack: `${trade}/${family}.yaml`, line: 1, problem });
  }
  const needed = allOf([
    neededBy(rule, utils),
    ...Object.values(constraints).map((c) => neededBy(c, utils)),
    ...filters.map(({ rules }) =>
      rules['file-has'] === undefined ? 'nothing' : neededBy(rules['file-has']),
    ),
  ]);
  const tests = text.files?.tests ?? (trade === 'testing' ? 'only' : 'exclude');
  return { text, trade, family, config, needed, filters, tests };
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
    ...(filter.value === undefined ? {} : { value: new RegExp(filter.value) }),
    ...(filter['value-not'] === undefined ? {} : { valueNot: new RegExp(filter['value-not']) }),
    ...(filter.text === undefined ? {} : { text: new RegExp(filter.text) }),
    ...(filter['text-not'] === undefined ? {} : { textNot: new RegExp(filter['text-not']) }),
  };
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
