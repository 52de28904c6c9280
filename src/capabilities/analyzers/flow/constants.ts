import type { SgNode } from '@ast-grep/napi';
import { liveOnly } from './dead-branches.ts';
import type { FileDefinitions } from './definitions.ts';
import { isPosition, leavesOnlyWords, returnedBy } from './made-from.ts';
import { isOwnSql, isQuoted } from './own-text.ts';
import type { Definition, Shape } from './shape.ts';

export interface Folded {
  constant: boolean;
  /** The value as text, where it could be computed. */
  value?: string | undefined;
  /** The value as a number, where it is one. */
  number?: number | undefined;
}

const dynamic: Folded = { constant: false };
const constant: Folded = { constant: true };
/** Assignments followed before an expression counts as dynamic. */
const maxDepth = 12;
const constantName = /^_*[A-Z][A-Z0-9_]*$/;

/** Properties that hold how many there are. */
const isCount = /^(?:length|size)$/;

/** Whether a name is written as constants are, in CAPITALS. */
export const isConstantName = (name: string): boolean => constantName.test(name);

/**
 * Folds an expression as far as one file tells. A name that the file does not define (an import, a global) counts
 * as constant without a value: what it holds was fixed by a programmer far more often than by a caller.
 * `sanitizedBy` names calls whose result is harmless, on top of the family's. With `isSent`, what is named as a part of a
 * SQL statement is constant unless `isSent` holds for it.
 */
export function fold(
  node: SgNode,
  definitions: FileDefinitions,
  sanitizedBy: ReadonlySet<string> = new Set(),
  isSent?: (part: SgNode) => boolean,
): Folded {
  return foldAt(node, { definitions, sanitizedBy, isSent }, 0);
}

interface Question {
  definitions: FileDefinitions;
  sanitizedBy: ReadonlySet<string>;
  isSent?: ((part: SgNode) => boolean) | undefined;
  /** The call that was followed into a function of the same file. */
  call?: { into: SgNode; args: readonly SgNode[]; from: Question } | undefined;
}

function foldAt(node: SgNode, question: Question, depth: number): Folded {
  if (depth > maxDepth) return dynamic;
  const { definitions } = question;
  const { grammar } = definitions;
  const shape = grammar.shapeOf(node);
  const inner = (n: SgNode) => foldAt(n, question, depth + 1);
  if (question.isSent !== undefined && depth > 0 && isOwnSql(node, shape, definitions))
    return question.isSent(node) ? dynamic : constant;
  switch (shape.is) {
    case 'literal':
      return isNumeric(node) ? numeric(Number(shape.value)) : { constant: true, value: shape.value };
    case 'function':
      return constant;
    case 'scalar':
      return foldOperation(node, shape.operands.map(inner));
    case 'same':
      return inner(shape.inner);
    case 'join': {
      const pieces = shape.pieces.map((p, at) => {
        if (typeof p === 'string') return { constant: true, value: p };
        const asValue = question.isSent !== undefined && isQuoted(shape.pieces, at);
        return asValue ? foldAt(p, { ...question, isSent: undefined }, depth + 1) : inner(p);
      });
      if (!pieces.every((p) => p.constant)) return dynamic;
      const numbers = pieces.map((p) => ('number' in p ? p.number : undefined));
      if (numbers.every((n) => n !== undefined)) return numeric(numbers.reduce((sum, n) => sum + n, 0));
      const known = pieces.every((p) => p.value !== undefined);
      return { constant: true, value: known ? pieces.map((p) => p.value).join('') : undefined };
    }
    case 'either':
    case 'group': {
      const parts = shape.is === 'either' ? liveOptions(shape, (n) => inner(n).value) : shape.members;
      return parts.every((p) => inner(p).constant) ? constant : dynamic;
    }
    case 'name':
      return foldName(shape.name, node, question, depth);
    case 'member': {
      const text = node.text();
      if (grammar.requestSource.test(text) || grammar.localSource.test(text)) return dynamic;
      if (isConstantName(shape.property) || isCount.test(shape.property)) return constant;
      const own = definitions.reaching(text, node);
      return own.length > 0 ? foldAll(own, question, depth) : { constant: inner(shape.object).constant };
    }
    case 'index': {
      const text = node.text();
      if (grammar.requestSource.test(text) || grammar.localSource.test(text)) return dynamic;
      return { constant: inner(shape.object).constant };
    }
    case 'call': {
      if (grammar.requestSource.test(`${shape.callee}(`) || grammar.localSource.test(`${shape.callee}(`))
        return dynamic;
      if (shape.name === 'charAt' && shape.receiver !== null && shape.args[0] !== undefined) {
        const at = inner(shape.args[0]).number;
        const value = at === undefined ? undefined : inner(shape.receiver).value?.[at];
        if (value !== undefined) return { constant: true, value };
      }
      // What was escaped, quoted or turned into a number cannot carry anything harmful into a text.
      if (grammar.cleansing.test(shape.name) || question.sanitizedBy.has(shape.name)) return constant;
      if (leavesOnlyWords(shape, definitions)) return constant;
      if (isFixedTable(shape, node, definitions) && shape.args.slice(1).every((a) => inner(a).constant))
        return constant;
      if (question.sanitizedBy.has(shape.callee)) return constant;
      if (/^(?:map|useMemo|computed)$/.test(shape.name) && shape.args[0] !== undefined) {
        const body = shape.args[0].field('body');
        if (body !== null && body !== undefined && inner(body).constant) return constant;
      }
      if (isConstantCall(shape, question, depth)) return constant;
      const parts = shape.receiver === null ? shape.args : [shape.receiver, ...shape.args];
      return grammar.pure.test(shape.name) && parts.every((p) => inner(p).constant) ? constant : dynamic;
    }
    case 'opaque':
      return shape.children.length > 0 && shape.children.every((c) => inner(c).constant) ? constant : dynamic;
  }
}

/** Whether a function of the same file returns only constants for these arguments. */
function isConstantCall(shape: Extract<Shape, { is: 'call' }>, question: Question, depth: number): boolean {
  if (shape.receiver !== null || depth > maxDepth / 2) return false;
  const into = question.definitions.functionNamed(shape.name);
  if (into === undefined) return false;
  const returned = returnedBy(into);
  const inside: Question = { ...question, call: { into, args: shape.args, from: question } };
  return returned.length > 0 && returned.every((r) => foldAt(r, inside, depth + 1).constant);
}

/** What a parameter of the function that was followed into is given; `undefined` for any other parameter. */
function foldArgument(
  parameter: Definition,
  { definitions, call }: Question,
  depth: number,
): Folded | undefined {
  if (call === undefined || definitions.functionAround(parameter.node)?.id() !== call.into.id())
    return undefined;
  const argument = call.args[definitions.positionOf(parameter)];
  return argument === undefined ? constant : foldAt(argument, call.from, depth + 1);
}

function foldName(name: string, node: SgNode, question: Question, depth: number): Folded {
  const valueOf = (n: SgNode) => foldAt(n, question, depth + 1).value;
  const reaching = liveOnly(question.definitions.reaching(name, node), valueOf);
  const { definitions } = question;
  if (reaching.length === 0 || definitions.isOneOf(name, node)) return constant;
  const folded = foldAll(reaching, question, depth);
  if (folded.constant || !isConstantName(name)) return folded;
  // put together when the file is loaded: a programmer's text, whatever it takes to compute it
  return reaching.every((d) => definitions.functionAround(d.node) === undefined) ? constant : folded;
}

/** Whether a call looks something up in a table that the code fixes: what it gives was written by a programmer. */
export function isFixedTable(
  { name, receiver }: Extract<Shape, { is: 'call' }>,
  node: SgNode,
  definitions: FileDefinitions,
): boolean {
  if ((name !== 'get' && name !== 'getOrDefault') || receiver === null) return false;
  const filled = definitions.reaching(receiver.text(), node);
  if (filled.length === 0) return isConstantName(receiver.text());
  return filled.every(
    ({ kind, value }) =>
      kind === 'assign' &&
      value !== null &&
      !/\(\s*\)$/.test(value.text()) &&
      fold(value, definitions).constant,
  );
}

function foldAll(reaching: readonly Definition[], question: Question, depth: number): Folded {
  let last: Folded = constant;
  for (const definition of reaching) {
    if (definition.kind === 'caught') return dynamic;
    if (definition.kind === 'parameter') {
      if (isPosition(definition, question.definitions)) continue;
      if (foldArgument(definition, question, depth)?.constant !== true) return dynamic;
      continue;
    }
    if (definition.value === null) continue;
    const folded = foldAt(definition.value, question, depth + 1);
    if (!folded.constant) return dynamic;
    last = folded;
  }
  return reaching.length === 1 && reaching[0]!.kind === 'assign' ? last : constant;
}

/** The options a conditional can give: one when its condition is constant. */
export function liveOptions(
  shape: { options: readonly SgNode[]; condition?: SgNode | null },
  valueOf: (node: SgNode) => string | undefined,
): readonly SgNode[] {
  const value = shape.condition ? valueOf(shape.condition) : undefined;
  if (shape.options.length !== 2 || (value !== 'true' && value !== 'false')) return shape.options;
  return [shape.options[value === 'true' ? 0 : 1]!];
}

function isNumeric(node: SgNode): boolean {
  return /^(?:number|integer|float|(?:int|float)_literal|decimal_\w+_literal)$/.test(node.kind() as string);
}

function numeric(number: number): Folded {
  return { constant: true, value: String(number), number };
}

/** Arithmetic and comparison of two known numbers; any other operation is constant without a value. */
function foldOperation(node: SgNode, operands: readonly Folded[]): Folded {
  const [left, right] = operands.map((o) => o.number);
  if (left === undefined || right === undefined) return constant;
  switch (node.field('operator')?.text()) {
    case '-':
      return numeric(left - right);
    case '*':
      return numeric(left * right);
    case '/':
      return numeric(left / right);
    case '<':
      return { constant: true, value: String(left < right) };
    case '>':
      return { constant: true, value: String(left > right) };
    case '<=':
      return { constant: true, value: String(left <= right) };
    case '>=':
      return { constant: true, value: String(left >= right) };
    default:
      return constant;
  }
}
