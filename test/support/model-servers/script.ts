/** Tokens that the server claims, and counts as paid. */
export interface ScriptedUsage {
  inputTokens: number;
  outputTokens: number;
  cacheReadTokens?: number;
  cacheWriteTokens?: number;
}

/** What the server answers to one model call. Everything but gates can be written as JSON. */
export interface ScriptedReply {
  thinking?: string;
  /** A list is sent as one event each. */
  text?: string | readonly string[];
  /** `input` as a string is sent as it is, so that it can be broken JSON. */
  toolCalls?: readonly { name: string; input: Record<string, unknown> | string }[];
  /** `none` leaves usage out of the answer. Default: 100 in, 20 out. */
  usage?: ScriptedUsage | 'none';
  /** Default: `tool-calls` if there are any, else `stop`. */
  finish?: 'stop' | 'length' | 'tool-calls' | 'filtered';

  /** Answers with this status and an error in the protocol's form instead. */
  status?: number;
  errorType?: string;
  errorMessage?: string;
  headers?: Record<string, string>;
  /** Sent instead of everything above, with `contentType`. */
  rawBody?: string;
  contentType?: string;

  /**
   * How the stream ends. `complete` is the default; `cut` closes the connection in the middle; `unfinished` ends the body
   * properly without the protocol's end marker; `stalled` falls silent until the client leaves; `endless` goes on with
   * text until the client leaves; `error` sends an error event with `errorType` and `errorMessage`.
   */
  ends?: 'complete' | 'cut' | 'unfinished' | 'stalled' | 'endless' | 'error';
  /** With `cut` and `stalled`: events sent before it happens. Default: all but the end marker. */
  afterEvents?: number;

  /** Waits before the headers. */
  headersDelayMs?: number;
  /** Waits before each event. */
  trickleMs?: number;
  /** The same with promises, for tests in this process. */
  beforeHeaders?: () => Promise<void>;
  beforeEvent?: (index: number) => Promise<void>;
}

/** One expected model call and its answer. */
export interface ScriptedStep {
  /** Must match the request's body, or must not throw. */
  expects?: RegExp | ((request: RecordedRequest) => void);
  reply: ScriptedReply | ((request: RecordedRequest) => ScriptedReply);
}

/** A request as it came, and what became of it. */
export interface RecordedRequest {
  /** Position among the model calls, from 0; -1 for requests that list models. */
  index: number;
  method: string;
  /** With the query. */
  path: string;
  headers: Record<string, string>;
  body: string;
  json: unknown;
  /** The model that was asked for. */
  model: string;
  /** How often the model has spoken in this conversation already. */
  assistantTurns: number;
  /** Names of the tools it may call. */
  tools: readonly string[];
  /** Status that was answered; 0 while none was. */
  status: number;
  /** The answer was sent to its end. */
  completed: boolean;
  /** The client left before the end. */
  disconnected: boolean;
}

export const defaultUsage: ScriptedUsage = { inputTokens: 100, outputTokens: 20 };

export function usageOf(reply: ScriptedReply): ScriptedUsage | undefined {
  return reply.usage === 'none' ? undefined : (reply.usage ?? defaultUsage);
}

export function textsOf(reply: ScriptedReply): readonly string[] {
  if (reply.text === undefined) return [];
  return typeof reply.text === 'string' ? [reply.text] : reply.text;
}

export function inputText(input: Record<string, unknown> | string): string {
  return typeof input === 'string' ? input : JSON.stringify(input);
}

export function finishOf(reply: ScriptedReply): NonNullable<ScriptedReply['finish']> {
  return reply.finish ?? ((reply.toolCalls?.length ?? 0) > 0 ? 'tool-calls' : 'stop');
}
