import { ProtocolErrorCode, type JSONRPCMessage } from '@modelcontextprotocol/server';
import { mcpErrors } from '../errors.ts';
import type { OversizedLine } from './bounded-stdin.ts';

const value = String.raw`(?:-?\d{1,16}|"(?:[^"\\]|\\.){0,200}")`;
const member = String.raw`"(?:jsonrpc|id|method)"\s*:\s*${value}\s*`;
/** The plain members before and behind the one that is large: clients write theirs in either place. */
const first = new RegExp(String.raw`^\s*\{\s*((?:${member},\s*)+)`);
const last = new RegExp(String.raw`((?:,\s*${member})+)\}\s*$`);

/**
 * The answer to a request that is too large to be read, and the error to log where it is none or its id is not to be
 * found: nobody waits for an answer to a notification, or can match one without an id.
 */
export function answerToOversized(
  { sizeBytes, head, tail }: OversizedLine,
  limitBytes: number,
): { answer: JSONRPCMessage | undefined; problem: Error } {
  const problem = mcpErrors.make('mcp.message_too_large', { sizeBytes, limitBytes });
  const members = `${first.exec(head)?.[1] ?? ''},${last.exec(tail)?.[1] ?? ''}`;
  const id = new RegExp(String.raw`"id"\s*:\s*(${value})`).exec(members)?.[1];
  if (id === undefined || !/"method"\s*:/.test(members)) return { answer: undefined, problem };
  const { line: message } = problem;
  const error = { code: ProtocolErrorCode.InvalidRequest, message, data: problem.toWire() };
  return { answer: { jsonrpc: '2.0', id: JSON.parse(id) as string | number, error }, problem };
}
