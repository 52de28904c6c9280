import { analyzerErrors } from '../errors.ts';
import { severities, type Family } from '../evidence.ts';
import { snippetParser } from '../families/family.ts';
import { configsFor } from '../rules/compile-rule.ts';
import type { CompiledRule } from '../rules/compiled-rule.ts';
import { neededBy, type NeededWith, type SyntaxRule } from '../rules/needed-words.ts';
import type { Parser } from '../rules/parser.ts';
import { placePatterns } from '../rules/place-patterns.ts';
import type { OwnRule } from './rule-set.ts';

const families: Readonly<Record<string, Family>> = {
  typescript: 'typescript',
  javascript: 'typescript',
  tsx: 'typescript',
  jsx: 'typescript',
  ts: 'typescript',
  js: 'typescript',
  python: 'python',
  py: 'python',
  go: 'go',
  golang: 'go',
  java: 'java',
};

/** Longest rule that is given to ast-grep, characters of JSON. */
const maxRuleLength = 20_000;

/**
 * Makes a rule given as data ready to match. Its regular expressions are run by ast-grep alone, in linear time: none of
 * them becomes one of JavaScript's. Errors: `analyzers.bad_rule`, `analyzers.unknown_language`.
 */
export function compileOwnRule(own: OwnRule, set: string, parser: Parser): CompiledRule {
  const id = `${set}/${own.id}`;
  const refuse = (problem: string) => analyzerErrors.make('analyzers.bad_rule', { rule: id, problem });
  const language = own.language.toLowerCase();
  const family = Object.hasOwn(families, language) ? families[language] : undefined;
  if (family === undefined) {
    const known = [...new Set(Object.values(families))];
    throw analyzerErrors.make('analyzers.unknown_language', { rule: id, language: own.language, known });
  }
  if (!severities.includes(own.severity)) throw refuse(`there is no severity ${own.severity}`);
  let compiled: Pick<CompiledRule, 'configs' | 'needed' | 'neededWith'>;
  try {
    compiled = prepared(own, family, parser, refuse);
  } catch (error) {
    throw refuse((error as Error).message.replace(/\s*\n[ |>-]*/g, ' ').replace(/\.$/, ''));
  }
  const { severity, message: title, rule } = own;
  const cases = { fires: [], clean: [] };
  return {
    text: { id, severity, title, why: '', remedy: '', rule, cases, line: own.line ?? 0 },
    // No trade made it; nothing reads this of an own rule.
    trade: 'engineering',
    family,
    ...compiled,
    filters: [],
    tests: 'include',
  };
}

function prepared(own: OwnRule, family: Family, parser: Parser, refuse: (problem: string) => Error) {
  const { rule, constraints = {}, utils = {} } = own;
  const length = JSON.stringify({ rule, constraints, utils }).length;
  if (length > maxRuleLength) throw refuse(`it has ${length} characters, more than ${maxRuleLength}`);
  const inContext = (value: SyntaxRule) => placePatterns(value, family, parser) as SyntaxRule;
  const placed = inContext(rule);
  const placedUtils = Object.fromEntries(
    Object.entries(utils).map(([name, util]) => [name, inContext(util)]),
  );
  const configs = configsFor(
    {
      rule: placed,
      ...(own.constraints === undefined ? {} : { constraints: mapped(constraints, inContext) }),
      ...(own.utils === undefined ? {} : { utils: placedUtils }),
    },
    family,
    parser,
  );
  for (const pattern of patternsIn([placed, placedUtils, constraints])) {
    if (isNoCode(pattern, family, parser))
      throw refuse(`the pattern ${pattern} is not ${own.language} code, so nothing can match it`);
  }
  const neededWith: NeededWith = { utils: placedUtils, wordsOnly: true };
  return { configs, needed: neededBy(placed, neededWith), neededWith };
}

function mapped(rules: Readonly<Record<string, SyntaxRule>>, change: (rule: SyntaxRule) => SyntaxRule) {
  return Object.fromEntries(Object.entries(rules).map(([name, rule]) => [name, change(rule)]));
}

/** Every pattern that stands for itself, without a context that says how it is read. */
function patternsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(patternsIn);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'pattern' && typeof inner === 'string' ? [inner] : patternsIn(inner),
  );
}

/** ast-grep takes a pattern that cannot be parsed as one node that no code has. */
function isNoCode(pattern: string, family: Family, parser: Parser): boolean {
  // A letter in every grammar, as ast-grep itself puts it in.
  const text = pattern.replaceAll('$', 'µ');
  const grammarsOf = family === 'typescript' ? ['Tsx', 'TypeScript'] : [snippetParser[family]];
  return grammarsOf.every((grammar) => {
    const [first, ...more] = parser.parse(grammar, text).children();
    return first !== undefined && more.length === 0 && first.kind() === 'ERROR';
  });
}
