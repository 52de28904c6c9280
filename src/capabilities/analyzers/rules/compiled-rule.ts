import type { NapiConfig } from '@ast-grep/napi';
import type { Family, Trade } from '../evidence.ts';
import type { Needed, NeededWith, SyntaxRule } from './needed-words.ts';
import type { Filter, RuleText } from './rule-schema.ts';

/** A rule of a pack, ready to match. */
export interface CompiledRule {
  text: RuleText;
  trade: Trade;
  family: Family;
  /** Ready for ast-grep, for each grammar of the family that has the rule's node kinds. */
  configs: Readonly<Record<string, NapiConfig>>;
  needed: Needed;
  neededWith: NeededWith;
  filters: readonly CompiledCondition[];
  tests: 'only' | 'include' | 'exclude';
  /** Where in the text of a match the finding stands, every occurrence. */
  placeInText?: RegExp;
}

/** A filter, or alternatives of which one list of filters must hold. */
export type CompiledCondition = CompiledFilter | { either: readonly (readonly CompiledFilter[])[] };

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
