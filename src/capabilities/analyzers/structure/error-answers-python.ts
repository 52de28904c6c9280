import type { SgNode } from '@ast-grep/napi';
import { shapeOfBody, type BodyKey, type ErrorAnswer } from './answer-shape.ts';

const failedStatus = /^[45]\d\d$|\bHTTP_[45]\d\d/;
const anyStatus = /^[1-5]\d\d$|\bHTTP_[1-5]\d\d/;
const statusKeyword = /^status(?:_code)?$/;

/** Failures that handlers in Python answer with: Flask's pairs, responses with a status, FastAPI's exceptions. */
export function pythonErrorAnswers(root: SgNode): ErrorAnswer[] {
  const pairs = root.findAll({ rule: { kind: 'return_statement', has: { kind: 'expression_list' } } });
  const calls = root.findAll({ rule: { kind: 'call', has: { field: 'arguments', regex: 'status' } } });
  const found = [
    ...pairs.flatMap((pair) => pairAnswer(pair) ?? []),
    ...calls.flatMap((c) => callAnswer(c) ?? []),
  ];
  return found.sort((a, b) => a.line - b.line);
}

/** `return {"error": "…"}, 404`, `return jsonify(error="…"), 404`. */
function pairAnswer(statement: SgNode): ErrorAnswer | undefined {
  const [body, status] = statement.namedChildren()[0]?.namedChildren() ?? [];
  if (body === undefined || status === undefined || !anyStatus.test(status.text())) return undefined;
  return placed(statement, keysOf(body), status.text());
}

/** `JsonResponse({…}, status=404)`, `JSONResponse(status_code=404, content={…})`, `HTTPException(404, detail="…")`. */
function callAnswer(call: SgNode): ErrorAnswer | undefined {
  const name = call.field('function')?.text().split('.').at(-1) ?? '';
  if (!/Response$|^HTTPException$|^jsonify$|^make_response$/.test(name)) return undefined;
  const args = call.field('arguments')?.namedChildren() ?? [];
  const status = args
    .filter((arg) => arg.kind() === 'keyword_argument' && statusKeyword.test(arg.field('name')?.text() ?? ''))
    .map((arg) => arg.field('value')?.text() ?? '')[0];
  if (status === undefined || !anyStatus.test(status)) return undefined;
  if (name === 'HTTPException') {
    const detail = args.find((arg) => arg.field('name')?.text() === 'detail')?.field('value');
    const holds = detail?.kind() === 'dictionary' ? 'object' : 'value';
    return detail === null || detail === undefined
      ? undefined
      : placed(call, [{ name: 'detail', holds }], status);
  }
  const body = args
    .map((arg) => (arg.field('name')?.text() === 'content' ? arg.field('value')! : arg))
    .find((arg) => arg.kind() === 'dictionary');
  return body === undefined ? undefined : placed(call, keysOf(body), status);
}

function placed(node: SgNode, keys: readonly BodyKey[], status: string): ErrorAnswer | undefined {
  const shape = shapeOfBody(keys, failedStatus.test(status));
  if (shape === undefined) return undefined;
  const quote = node.text().split(/\r?\n/)[0]!.trim();
  return { line: node.range().start.line + 1, quote, ...shape };
}

function keysOf(body: SgNode): BodyKey[] {
  if (body.kind() === 'call' && /(?:^|\.)jsonify$/.test(body.field('function')?.text() ?? '')) {
    const args = body.field('arguments')?.namedChildren() ?? [];
    const [only] = args;
    if (only?.kind() === 'dictionary') return keysOf(only);
    return args.flatMap((arg) => keyOf(arg.field('name')?.text(), arg.field('value')));
  }
  if (body.kind() !== 'dictionary') return [];
  return body.namedChildren().flatMap((pair) => keyOf(pair.field('key')?.text(), pair.field('value')));
}

function keyOf(name: string | undefined, value: SgNode | null): BodyKey[] {
  if (name === undefined || value === null) return [];
  const kinds: Record<string, BodyKey['holds']> = { dictionary: 'object', list: 'list', false: 'false' };
  return [{ name: name.replaceAll(/^["']|["']$/g, ''), holds: kinds[String(value.kind())] ?? 'value' }];
}
