import type { SgNode } from '@ast-grep/napi';
import type { Family } from '../evidence.ts';
import type { Parser } from './parser.ts';

/**
 * Makes patterns mean what a reader expects. `f($X, $$$)` also matches a call without the rest, for which ast-grep
 * wants a second pattern; and Go reads a bare call as a type conversion, so its patterns are placed inside a function.
 */
export function placePatterns(value: unknown, family: Family, parser: Parser): unknown {
  if (Array.isArray(value)) return value.map((v) => placePatterns(v, family, parser));
  if (value === null || typeof value !== 'object') return value;
  const placed: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    if (key !== 'pattern' || typeof inner !== 'string') placed[key] = placePatterns(inner, family, parser);
  }
  const { pattern } = value as { pattern?: unknown };
  if (typeof pattern !== 'string') return { ...placed, ...(pattern === undefined ? {} : { pattern }) };
  const variants = withoutRest(pattern).map((p) => ({
    pattern: family === 'go' ? placeGoPattern(p, parser) : p,
  }));
  if (variants.length === 1) return { ...variants[0], ...placed };
  if (Object.keys(placed).length === 0) return { any: variants };
  return { ...placed, all: [{ any: variants }, ...((placed['all'] as unknown[] | undefined) ?? [])] };
}

const trailingRest = /,\s*\$\$\$(?:[A-Z_][A-Z0-9_]*)?\s*(?=[)\]}])/;
const leadingRest = /(?<=[([{])\s*\$\$\$(?:[A-Z_][A-Z0-9_]*)?\s*,/;

/** The pattern itself and the forms of it in which an open-ended list is empty. */
function withoutRest(pattern: string): string[] {
  const forms = new Set([pattern]);
  for (const form of forms) {
    for (const rest of [trailingRest, leadingRest]) {
      const shorter = form.replace(rest, '');
      if (forms.size < 8) forms.add(shorter);
    }
  }
  return [...forms];
}

function placeGoPattern(pattern: string, parser: Parser): unknown {
  if (/^\$+[A-Z_][A-Z0-9_]*$/.test(pattern)) return pattern;
  for (const context of [`func _() { _ = ${pattern} }`, `func _() { ${pattern} }`]) {
    const root = parser.parse('go', context.replaceAll('$', 'µ'));
    if (root.find({ rule: { kind: 'ERROR' } }) !== null) continue;
    const statements = root.find({ rule: { kind: 'statement_list' } })?.namedChildren() ?? [];
    if (statements.length !== 1) continue;
    return { context, selector: String(subjectOf(statements[0]!, context.includes('{ _ =')).kind()) };
  }
  return pattern;
}

function subjectOf(statement: SgNode, assigned: boolean): SgNode {
  if (assigned) return statement.field('right')?.namedChildren()[0] ?? statement;
  return statement.kind() === 'expression_statement' ? statement.namedChildren()[0]! : statement;
}
