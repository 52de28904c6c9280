import type { SgNode } from '@ast-grep/napi';
import { shapeOfBody, type AnswerShape, type BodyKey, type ErrorAnswer } from './answer-shape.ts';

/** Methods and functions that send what they are given. */
const sends = /^(?:json|send|end|reply|respond|write|body|jsonp|problem)$/;
const failedStatus = /^[45]\d\d$/;
const doneStatus = /^2\d\d$/;
/** The status that an expression or statement about the response sets. */
const setsStatus =
  /\.(?:status|code|writeHead|sendStatus)\(\s*([1-5]\d\d)\b|\.status(?:Code)?\s*=\s*([1-5]\d\d)\b/;
/** What is thrown or logged is answered elsewhere, if at all. */
const answersNobody = /(?:Error|Exception|Failure)$|^(?:console|log|logger)\./;
/** A function that answers with JSON somewhere. */
const answersJson = /\bjson\w*\s*\(|\bJSON\.stringify\(/i;

/** Failures that handlers in JavaScript answer with, by the usual ways to answer. */
export function typescriptErrorAnswers(root: SgNode): ErrorAnswer[] {
  return root
    .findAll({ rule: { any: [{ kind: 'call_expression' }, { kind: 'new_expression' }] } })
    .flatMap((call) => answerOf(call) ?? []);
}

function answerOf(call: SgNode): ErrorAnswer | undefined {
  const callee = call.field('function') ?? call.field('constructor');
  const args = (call.field('arguments')?.namedChildren() ?? []).filter((arg) => arg.kind() !== 'comment');
  if (callee === null || args.length === 0 || args.length > 4) return undefined;
  const isMember = callee.kind() === 'member_expression';
  const name = isMember ? (callee.field('property')?.text() ?? '') : callee.text();
  if (answersNobody.test(name) || answersNobody.test(callee.text())) return undefined;
  const body = args.find((arg) => bodyOf(arg) !== undefined);
  const given = statusGiven(args, body);
  // A function of the project that takes status and body sends; without a status it has to be known to.
  if (given === undefined && !sends.test(name)) return undefined;
  const status = given ?? (isMember ? statusSetBefore(call, callee) : undefined) ?? '200';
  if (body !== undefined) {
    const keys = keysOf(bodyOf(body)!);
    const failed = failedStatus.test(status);
    return placed(call, failed || doneStatus.test(status) ? shapeOfBody(keys, failed) : undefined);
  }
  const saysText = isMember && sends.test(name) && args.some(isText);
  if (!saysText || !failedStatus.test(status) || !answersJson.test(functionAround(call))) return undefined;
  return placed(call, { shape: 'plain text', keys: [] });
}

function placed(call: SgNode, shape: AnswerShape | undefined): ErrorAnswer | undefined {
  if (shape === undefined) return undefined;
  const text = call.text().split(/\r?\n/)[0]!;
  return { line: call.range().start.line + 1, quote: text.trim(), ...shape };
}

/** The object that is sent: given as it is, or as its JSON. */
function bodyOf(arg: SgNode): SgNode | undefined {
  if (arg.kind() === 'object') return arg;
  if (arg.kind() !== 'call_expression' || arg.field('function')?.text() !== 'JSON.stringify')
    return undefined;
  const inner = arg.field('arguments')?.namedChildren()[0];
  return inner?.kind() === 'object' ? inner : undefined;
}

/** A status among the arguments: a number, or `{ status: 404 }` after the body. */
function statusGiven(args: readonly SgNode[], body: SgNode | undefined): string | undefined {
  for (const arg of args) {
    if (arg.kind() === 'number' && /^[1-5]\d\d$/.test(arg.text())) return arg.text();
    if (arg.kind() !== 'object' || arg.id() === body?.id()) continue;
    const init = /^\{[^{}]*\bstatus\s*:\s*([1-5]\d\d)\b/.exec(arg.text());
    if (init !== null) return init[1];
  }
  return undefined;
}

/** Set on the same response in the chain before the call, or in one of the statements just before. */
function statusSetBefore(call: SgNode, callee: SgNode): string | undefined {
  const receiver = callee.field('object');
  if (receiver === null) return undefined;
  const inChain = setsStatus.exec(receiver.text());
  if (inChain !== null) return inChain[1] ?? inChain[2];
  const name = receiver.text();
  let statement = call.parent();
  while (statement !== null && !/_statement$/.test(String(statement.kind()))) statement = statement.parent();
  for (let before = statement?.prev(), steps = 0; before && steps < 3; before = before.prev(), steps++) {
    const text = before.text();
    const found = text.startsWith(`${name}.`) ? setsStatus.exec(text) : null;
    if (found !== null) return found[1] ?? found[2];
  }
  return undefined;
}

function keysOf(object: SgNode): BodyKey[] {
  return object.namedChildren().flatMap((child): BodyKey[] => {
    if (child.kind() === 'shorthand_property_identifier') return [{ name: child.text(), holds: 'value' }];
    const key = child
      .field('key')
      ?.text()
      .replaceAll(/^['"]|['"]$/g, '');
    const value = child.field('value');
    if (child.kind() !== 'pair' || key === undefined || value === null) return [];
    return [{ name: key, holds: heldBy(String(value.kind())) }];
  });
}

function heldBy(kind: string): BodyKey['holds'] {
  if (kind === 'object') return 'object';
  if (kind === 'array') return 'list';
  return kind === 'false' ? 'false' : 'value';
}

function isText(node: SgNode): boolean {
  return (
    ['string', 'template_string'].includes(String(node.kind())) ||
    /^(?:String|.*\.toString)\(/.test(node.text())
  );
}

function functionAround(node: SgNode): string {
  for (let at = node.parent(); at !== null; at = at.parent()) {
    if (/function|method_definition/.test(String(at.kind()))) return at.text();
  }
  return '';
}
