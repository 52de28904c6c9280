import type { AssistantModelMessage, LanguageModel, ModelMessage, ToolSet } from 'ai';
import { workErrors } from '../errors.ts';
import type { WorkTool } from '../tools/work-tool.ts';
import type { TurnRecord } from './history.ts';

export interface TurnRequest {
  model: LanguageModel;
  modelLabel: () => string;
  system: string;
  messages: ModelMessage[];
  tools: readonly WorkTool[];
  /** The last turn: the model must write its review now. */
  last: boolean;
  maxOutputTokens: number;
  /** What to say of the limit of turns. */
  limitFacts: () => { limit: number; findings: number };
  signal: AbortSignal;
  /** Hears the text as it streams. */
  onText: (text: string) => void;
}

/**
 * One turn of the model, streamed. Tools are not executed here: the loop does that, one durable step each.
 * Errors: what the model chain throws; `work.answer_cut`; `work.answer_withheld`; `work.turn_limit` for tool calls alone in the last turn.
 */
export async function runTurn(request: TurnRequest): Promise<TurnRecord> {
  const { streamText, tool, ToolChoiceViolationError } = await import('ai');
  const tools: ToolSet = Object.fromEntries(
    // Strict: the SDK would drop arguments that do not exist, and the model would not hear of it.
    request.tools.map(({ name, description, input }) => [
      name,
      tool({ description, inputSchema: input.strict() }),
    ]),
  );
  let failure: Error | undefined;
  const result = streamText({
    model: request.model,
    instructions: request.system,
    messages: request.messages,
    tools,
    toolChoice: request.last ? 'none' : 'auto',
    maxOutputTokens: request.maxOutputTokens,
    // Retries, fallback and time-outs are the model chain's.
    maxRetries: 0,
    abortSignal: request.signal,
    onError: ({ error }) => {
      failure ??= asError(error);
    },
  });
  let text = '';
  for await (const part of result.stream) {
    if (part.type === 'text-delta') {
      text += part.text;
      request.onText(text);
    } else if (part.type === 'error') failure ??= asError(part.error);
  }
  request.signal.throwIfAborted();
  if (ToolChoiceViolationError.isInstance(failure)) {
    // It called tools in its last turn, where it must not: what it wrote beside that stands.
    if (text.trim() === '') throw workErrors.make('work.turn_limit', request.limitFacts());
    return {
      messages: [{ role: 'assistant', content: text }],
      text,
      requests: [],
      cut: false,
      withheld: false,
    };
  }
  if (failure !== undefined) throw failure;

  const [responseMessages, toolCalls, finishReason] = await Promise.all([
    result.responseMessages,
    result.toolCalls,
    result.finishReason,
  ]);
  const requests = toolCalls.map((call) => ({
    id: call.toolCallId,
    name: call.toolName,
    input: call.input as unknown,
  }));
  if (finishReason === 'content-filter' && (requests.length > 0 || text.trim() === '')) {
    throw workErrors.make('work.answer_withheld', { model: request.modelLabel() });
  }
  if (finishReason === 'length' && requests.length > 0) {
    throw workErrors.make('work.answer_cut', { limit: request.maxOutputTokens });
  }
  return {
    // A call that the SDK could not read comes with a result of its own; the loop answers all calls itself.
    messages: responseMessages.filter(
      (message): message is AssistantModelMessage => message.role === 'assistant',
    ),
    text,
    requests,
    cut: finishReason === 'length',
    withheld: finishReason === 'content-filter',
  };
}

const asError = (thrown: unknown) => (thrown instanceof Error ? thrown : new Error(String(thrown)));
