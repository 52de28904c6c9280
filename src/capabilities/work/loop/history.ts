import type { AssistantModelMessage, ModelMessage, ToolModelMessage } from 'ai';
import type { Step } from '../../jobs/index.ts';
import type { ToolOutput } from '../tools/work-tool.ts';

/** A tool call of the model, as the turn's step keeps it. */
export interface ToolRequest {
  id: string;
  name: string;
  input: unknown;
}

/** What a turn's step keeps: enough to go on from it. */
export interface TurnRecord {
  messages: AssistantModelMessage[];
  text: string;
  requests: ToolRequest[];
  /** Whether the text was cut at the output limit. */
  cut: boolean;
  /** Whether the provider's filter, or the model's refusal, stopped the text. */
  withheld: boolean;
}

/** What a tool call's step keeps. */
export interface ToolRecord {
  requestId: string;
  name: string;
  input: unknown;
  failed: boolean;
  output: ToolOutput;
}

/** The conversation so far, rebuilt from finished steps: a later attempt sees just what the earlier one saw. */
export interface History {
  turns: { turn: TurnRecord; tools: ToolRecord[] }[];
}

export function historyOf(steps: readonly Step[]): History {
  const turns: History['turns'] = [];
  for (const step of steps) {
    if (step.kind === 'turn') turns.push({ turn: JSON.parse(step.data) as TurnRecord, tools: [] });
    else turns.at(-1)?.tools.push(JSON.parse(step.data) as ToolRecord);
  }
  return { turns };
}

/** Calls of the last turn that have no result yet. */
export function openRequests(history: History): ToolRequest[] {
  const last = history.turns.at(-1);
  if (last === undefined) return [];
  const done = new Set(last.tools.map((tool) => tool.requestId));
  return last.turn.requests.filter((request) => !done.has(request.id));
}

/** The messages for the next turn. */
export function messagesOf(first: string, history: History): ModelMessage[] {
  const messages: ModelMessage[] = [{ role: 'user', content: first }];
  for (const { turn, tools } of history.turns) {
    messages.push(...turn.messages);
    if (tools.length > 0) messages.push(toolMessage(tools));
  }
  return messages;
}

function toolMessage(tools: readonly ToolRecord[]): ToolModelMessage {
  return {
    role: 'tool',
    content: tools.map((tool) => ({
      type: 'tool-result' as const,
      toolCallId: tool.requestId,
      toolName: tool.name,
      output: { type: tool.failed ? ('error-text' as const) : ('text' as const), value: tool.output.text },
    })),
  };
}

/**
 * How often the newest call was made in a row with the same input, in the turns from `since` on: a job that is retried
 * after it went in circles is not stopped by the circles of the job before.
 */
export function repeats(history: History, since: number): { tool: string; times: number } {
  const calls = history.turns.slice(since).flatMap(({ turn }) => turn.requests);
  const last = calls.at(-1);
  if (last === undefined) return { tool: '', times: 0 };
  const same = (call: ToolRequest) =>
    call.name === last.name && JSON.stringify(call.input) === JSON.stringify(last.input);
  const before = calls.findLastIndex((call) => !same(call));
  return { tool: last.name, times: calls.length - 1 - before };
}
