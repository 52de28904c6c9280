import type { SgNode } from '@ast-grep/napi';
import { valuesAt } from './collections.ts';
import { fold, isFixedTable, liveOptions } from './constants.ts';
import { liveOnly } from './dead-branches.ts';
import type { FileDefinitions } from './definitions.ts';
import { argumentsFor, argumentsHere } from './known-callers.ts';
import { isPosition, leavesOnlyWords, madeWithoutElement, returnedBy } from './made-from.ts';
import { isOwnSql, isQuoted } from './own-text.ts';
import type { Definition, Grammar, Shape } from './shape.ts';

/** `request`: sent by a remote caller. `input`: that, a function's parameter, or the program's own arguments. */
export type Origin = 'input' | 'request';

export interface InputQuestion {
  origin: Origin;
  definitions: FileDefinitions;
  /** Names of calls that make a value safe for this rule, on top of the family's. */
  sanitizedBy: ReadonlySet<string>;
  /** Only when the outside value stands where it chooses an address's host: at the start or right after `https://`. */
  leading?: boolean;
  /** Not what a call that cannot be followed makes of a value it is given, unless the call only hands text on. */
  direct?: boolean;
  /** Parts of a SQL statement by their names count only when they come directly from a request. */
  ownSql?: boolean;
  /** The calls that were followed into functions of the same file, innermost first. */
  call?: FollowedCall | undefined;
}

interface FollowedCall {
  into: SgNode;
  args: readonly SgNode[];
  from: InputQuestion;
}

const maxDepth = 14;
/** What one step back to the callers costs of it: each has callers of its own, so two such steps are the most. */
const callerDepth = 4;
/** Properties that hold numbers or what the server itself put there. */
const ownProperty =
  /^(?:length|size|user|session|app|log|logger|method|ip|ips|protocol|secure|status|statusCode|db|config|env|remoteAddress|socket|connection|scheme|META_DATA|is_\w+|cf|route|ctx|Context)$/;
const ownCall =
  /^(?:getSession|getMethod|getUserPrincipal|getAttribute|getServletContext|getLocale|Context|getContextPath)$/;

/** Whether the value of an expression comes from outside, followed through the assignments of its function and file. */
export function comesFromOutside(node: SgNode, question: InputQuestion, depth = 0): boolean {
  if (depth > maxDepth) return false;
  const { grammar } = question.definitions;
  const shape = grammar.shapeOf(node);
  const inner = (n: SgNode) => comesFromOutside(n, question, depth + 1);
  if (question.ownSql && depth > 0 && isOwnSql(node, shape, question.definitions))
    return comesFromOutside(node, { ...question, ownSql: false, origin: 'request', direct: true }, depth);
  switch (shape.is) {
    case 'literal':
    case 'function':
    case 'scalar':
      return false;
    case 'same':
      return inner(shape.inner);
    case 'join':
      if (question.leading) return leadsFromOutside(shape.pieces, question, depth);
      return shape.pieces.some((p, at) => {
        if (typeof p === 'string') return false;
        return isQuoted(shape.pieces, at)
          ? comesFromOutside(p, { ...question, ownSql: false }, depth + 1)
          : inner(p);
      });
    case 'either':
      return liveOptions(shape, (n) => fold(n, question.definitions).value).some(inner);
    case 'group':
      return shape.members.some(inner);
    case 'opaque':
      return shape.children.some(inner);
    case 'name':
      return nameFromOutside(shape.name, node, question, depth);
    case 'member': {
      const text = node.text();
      if (isOwnPath(text, question)) return false;
      if (isSource(text, question)) return !isChecked(text, node, question);
      if (ownProperty.test(shape.property) || isOwnOfRequest(shape, grammar)) return false;
      const own = question.definitions.reaching(text, node);
      if (own.length > 0) return !isChecked(text, node, question) && anyFromOutside(own, question, depth);
      return !isChecked(text, node, question) && inner(shape.object);
    }
    case 'index':
      return isSource(node.text(), question) || inner(shape.object);
    case 'call': {
      if (grammar.cleansing.test(shape.name) || question.sanitizedBy.has(shape.name)) return false;
      if (leavesOnlyWords(shape, question.definitions)) return false;
      if (question.sanitizedBy.has(shape.callee) || ownCall.test(shape.name)) return false;
      if (shape.receiver !== null && isOwnPath(shape.receiver.text(), question)) return false;
      if (isSource(`${shape.callee}(`, question)) return true;
      if (isFixedTable(shape, node, question.definitions)) return shape.args.slice(1).some(inner);
      const values =
        madeWithoutElement(shape) ??
        collectionValues(shape, node, question) ??
        followed(shape, question, depth);
      if (typeof values === 'boolean') return values;
      if (values !== undefined) return values.some(inner);
      if (question.direct && !grammar.pure.test(shape.name)) return false;
      if (shape.receiver !== null && inner(shape.receiver)) return true;
      // what builds an address begins with its first argument
      const args =
        question.leading && !/join|resolve/i.test(shape.name) ? shape.args.slice(0, 1) : shape.args;
      return args.some((a) => !(question.direct && bareRequest.test(a.text())) && inner(a));
    }
  }
}

/** `req.tenant`: what the server's own code has put on the request. */
function isOwnOfRequest({ object, property }: Extract<Shape, { is: 'member' }>, grammar: Grammar): boolean {
  return grammar.requestMember !== undefined && bareRequest.test(unwrapped(object, grammar).text())
    ? !grammar.requestMember.test(property)
    : false;
}

function unwrapped(node: SgNode, grammar: Grammar): SgNode {
  const shape = grammar.shapeOf(node);
  return shape.is === 'same' ? unwrapped(shape.inner, grammar) : node;
}

const bareRequest = /^(?:self\.)?req(?:uest)?$/;

const beforeHost = /^(?:https?:)?(?:\/\/)?$|^%s/;

function leadsFromOutside(
  pieces: readonly (string | SgNode)[],
  question: InputQuestion,
  depth: number,
): boolean {
  for (const piece of pieces) {
    const value = typeof piece === 'string' ? piece : fold(piece, question.definitions).value;
    if (value !== undefined && beforeHost.test(value)) continue;
    if (typeof piece === 'string') return false;
    // what a template of text is filled with: its first value comes first
    const shape = question.definitions.grammar.shapeOf(piece);
    const first = shape.is === 'group' ? shape.members[0] : piece;
    return first !== undefined && comesFromOutside(first, question, depth + 1);
  }
  return false;
}

function isSource(text: string, { origin, definitions }: InputQuestion): boolean {
  const { requestSource, localSource } = definitions.grammar;
  if (origin === 'input' && localSource.test(text)) return true;
  return requestSource.test(text) && (origin === 'input' || definitions.mayHoldRequest(text));
}

/** Whether an address that begins with this stays on this site. */
function isOwnPath(text: string, { leading, definitions }: InputQuestion): boolean {
  return leading === true && definitions.grammar.requestPath?.test(text) === true;
}

function isChecked(text: string, node: SgNode, question: InputQuestion): boolean {
  return question.definitions.isGuarded(text, node);
}

function nameFromOutside(name: string, node: SgNode, question: InputQuestion, depth: number): boolean {
  if (question.definitions.grammar.localSource.test(`${name}[`) && question.origin === 'input') return true;
  const valueOf = (n: SgNode) => fold(n, question.definitions).value;
  const reaching = liveOnly(question.definitions.reaching(name, node), valueOf);
  if (reaching.length === 0) return false;
  return anyFromOutside(reaching, question, depth) && !isChecked(name, node, question);
}

function anyFromOutside(reaching: readonly Definition[], question: InputQuestion, depth: number): boolean {
  return reaching.some((definition) =>
    definition.kind === 'parameter'
      ? parameterFromOutside(definition, question, depth)
      : definition.value !== null &&
        !(question.leading && definition.kind === 'extend') &&
        comesFromOutside(definition.value, question, depth + 1),
  );
}

type CallShape = Extract<Shape, { is: 'call' }>;

/** What a read at a constant place of a collection filled here gives; `undefined` when it is not such a read. */
function collectionValues(
  shape: CallShape,
  node: SgNode,
  { definitions }: InputQuestion,
): SgNode[] | undefined {
  if (shape.name !== 'get' || shape.args.length !== 1 || shape.receiver === null) return undefined;
  const valueOf = (n: SgNode) => fold(n, definitions).value;
  const place = valueOf(shape.args[0]!);
  if (place === undefined) return undefined;
  return valuesAt(definitions.reaching(shape.receiver.text(), node), place, valueOf);
}

/** Whether a function of the same file returns something from outside for these arguments; `undefined` if unknown. */
function followed(shape: CallShape, question: InputQuestion, depth: number): boolean | undefined {
  const into = question.definitions.functionNamed(shape.name);
  if (into === undefined || depth > maxDepth / 2) return undefined;
  const returned = returnedBy(into);
  if (returned.length === 0) return undefined;
  // a method of Python is given its object as its first parameter
  const isGivenObject = /^(?:self|cls)$/.test(into.field('parameters')?.namedChildren()[0]?.text() ?? '');
  const args = isGivenObject && shape.receiver !== null ? [shape.receiver, ...shape.args] : shape.args;
  const inside: InputQuestion = { ...question, call: { into, args, from: question } };
  return returned.some((value) => comesFromOutside(value, inside, depth + 1));
}

function parameterFromOutside(definition: Definition, question: InputQuestion, depth: number): boolean {
  const { origin, definitions, call } = question;
  if (call !== undefined && definitions.functionAround(definition.node)?.id() === call.into.id()) {
    const argument = call.args[definitions.positionOf(definition)];
    if (argument !== undefined) return comesFromOutside(argument, call.from, depth + 1);
  }
  const { grammar } = definitions;
  const type = definition.type ?? '';
  const annotations = definition.annotations ?? '';
  if (type !== '' && grammar.safeType.test(type)) return false;
  if (grammar.requestAnnotation.test(annotations)) return true;
  if (grammar.requestType.test(type) && definitions.mayHoldRequest(definition.name)) return true;
  if (grammar.requestName.test(definition.name) && definitions.mayHoldRequest(definition.name)) return true;
  if (grammar.safeName.test(definition.name) && !grammar.textType.test(type)) return false;
  if (isPosition(definition, definitions)) return false;
  if (origin === 'input') {
    const given = depth < maxDepth / 2 ? argumentsFor(definition, definitions) : undefined;
    return (
      given === undefined ||
      given.some((a) => comesFromOutside(a, { ...question, call: undefined }, depth + callerDepth))
    );
  }
  const owner = definitions.functionAround(definition.node);
  const head = owner?.parent();
  if (head?.kind() === 'decorated_definition' && grammar.routeAnnotation.test(decoratorsOf(head)))
    return true;
  // one caller that hands on what it was sent is enough, whoever else may call
  return (
    depth < maxDepth / 2 &&
    argumentsHere(definition, definitions).some((a) =>
      comesFromOutside(a, { ...question, call: undefined }, depth + callerDepth),
    )
  );
}

function decoratorsOf(node: SgNode): string {
  return node
    .children()
    .filter((c) => c.kind() === 'decorator')
    .map((c) => c.text())
    .join('\n');
}
