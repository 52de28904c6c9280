import type { SgNode } from '@ast-grep/napi';
import type { FileDefinitions } from './definitions.ts';
import type { Shape } from './shape.ts';

/** Parts of a statement that code puts together for itself, by the last word of their names. */
const built =
  /(?:sql|clauses?|where|order_?by|conditions?|placeholders?|marks|columns?|cols?|fields?|tables?|table_?names?|tbl|schemas?|joins?|cte)$/i;
/** Of these, the ones that a function is handed by other code: a `sort` or a `table` is as often what a caller wrote. */
const handed = /(?:sql|clauses?|placeholders?|columns|cols|fields|schemas?)$/i;

/**
 * Whether an expression is named as a part of a SQL statement, such as a clause or a table: the values in it are bound
 * or quoted where it is made. It says nothing about what a request sent, and the caller asks that first.
 */
export function isOwnSql(node: SgNode, shape: Shape, definitions: FileDefinitions): boolean {
  switch (shape.is) {
    case 'member':
      return built.test(shape.property);
    case 'call':
      return built.test(shape.name);
    case 'name': {
      if (!built.test(shape.name)) return false;
      const isParameter = definitions.reaching(shape.name, node).some((d) => d.kind === 'parameter');
      return !isParameter || handed.test(shape.name);
    }
    default:
      return false;
  }
}

const template = /\{\w*\}|%[sdvq]/;

/** Whether a piece of text stands right after an opening quote: a value, whatever it is called. */
export function isQuoted(pieces: readonly (string | SgNode)[], at: number): boolean {
  const before = pieces[at - 1];
  if (before === undefined) return false;
  if (typeof before === 'string') return before.endsWith("'");
  const text = before.text().replace(/["`]$/, '');
  return text.endsWith("'") && !template.test(text);
}
