import type { OwnRule, RuleSet, ShippedRule } from '../../analyzers/index.ts';
import type { StandardCheckRule } from '../../standards/index.ts';
import type { RuledStandard } from '../selection/select-standards.ts';

/** The rules of a standard, each with its line in the standard's file. */
export function ruleSetOf({ entry, document, text }: RuledStandard): RuleSet {
  const frontMatter = text.split(/\r?\n/).slice(0, document.bodyLine);
  return {
    id: entry.id,
    appliesTo: document.appliesTo,
    rules: document.checks.map((check) => withLine(check, frontMatter)),
  };
}

function withLine(check: StandardCheckRule, frontMatter: readonly string[]): ShippedRule | OwnRule {
  const name = 'uses' in check ? check.uses : check.id;
  const index = frontMatter.findIndex((line) =>
    new RegExp(`\\b(?:uses|id):\\s*["']?${escaped(name)}["']?\\s*(?:[,}#]|$)`).test(line),
  );
  const line = index < 0 ? {} : { line: index + 1 };
  if ('uses' in check) return { uses: check.uses, ...line };
  const { id, language, severity, message, rule, constraints, utils } = check;
  return {
    id,
    language,
    severity,
    message,
    rule,
    ...(constraints === undefined ? {} : { constraints: constraints as NonNullable<OwnRule['constraints']> }),
    ...(utils === undefined ? {} : { utils: utils as NonNullable<OwnRule['utils']> }),
    ...line,
  };
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
