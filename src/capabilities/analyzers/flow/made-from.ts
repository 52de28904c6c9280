import type { SgNode } from '@ast-grep/napi';
import type { FileDefinitions } from './definitions.ts';
import type { Definition, Shape } from './shape.ts';

type Call = Extract<Shape, { is: 'call' }>;

const mapping = /^(?:map|flatMap|mapToObj)$/;
/** Methods that hand each element's position to their callback as its second argument. */
const positioned = /^(?:map|flatMap|forEach|filter|from)$/;

/**
 * What a call puts in the place of each element when its callback does not look at the element: as constant as that is,
 * such as a placeholder for each value. `undefined` when the call is no such call.
 */
export function madeWithoutElement({ name, args }: Call): SgNode[] | undefined {
  const callback = mapping.test(name) ? args[0] : undefined;
  const body = callback?.field('body');
  if (!callback || !body) return undefined;
  const list = callback.field('parameters') ?? callback.field('parameter');
  const parameters = list === null ? [] : list.isLeaf() ? [list] : list.namedChildren();
  if (parameters.length > 2) return undefined;
  const words = new Set(body.text().match(/[\w$]+/g) ?? []);
  if (
    parameters[0]
      ?.text()
      .match(/[\w$]+/g)
      ?.some((word) => words.has(word))
  )
    return undefined;
  const returned = returnedBy(callback);
  return returned.length === 0 ? undefined : returned;
}

/** The values that a function returns; empty when it returns none. */
export function returnedBy(fn: SgNode): SgNode[] {
  const body = fn.field('body');
  const isExpression = /^(?:arrow_function|lambda|lambda_expression)$/.test(fn.kind() as string);
  if (isExpression && body !== null && !/^(?:statement_)?block$/.test(body.kind() as string)) return [body];
  return fn
    .findAll({ rule: { kind: 'return_statement' } })
    .flatMap((statement) => statement.namedChildren().slice(0, 1));
}

/** Whether a callback's parameter is given the position of an element, a number. */
export function isPosition(parameter: Definition, definitions: FileDefinitions): boolean {
  const call = definitions.functionAround(parameter.node)?.parent()?.parent();
  if (!call) return false;
  const shape = definitions.grammar.shapeOf(call);
  if (shape.is !== 'call') return false;
  const at = definitions.positionOf(parameter);
  return shape.name === 'mapToObj' ? at === 0 : at === 1 && positioned.test(shape.name);
}

const replacing = /^(?:replace|replaceAll|sub|ReplaceAllString)$/;
/** A regular expression for everything but letters, digits, `_` and `-`; in JavaScript for all places of it. */
const allButWords =
  /^(?:[\w.]+\()?(?:r?["'`]|\/)\[\^(?:\\{1,2}[wd]|[A-Za-z0-9]-[A-Za-z0-9]|[\w-]|\\-)+\][+*]?(?:["'`]|\/[a-z]*g[a-z]*)\)?$/;

/** Whether a call leaves nothing of a text but letters, digits, `_` and `-`. */
export function leavesOnlyWords({ name, args, receiver }: Call, definitions: FileDefinitions): boolean {
  if (!replacing.test(name)) return false;
  return [args[0], receiver].some((pattern) => {
    if (!pattern) return false;
    if (allButWords.test(pattern.text())) return true;
    return definitions
      .reaching(pattern.text(), pattern)
      .some((d) => d.value && allButWords.test(d.value.text()));
  });
}
