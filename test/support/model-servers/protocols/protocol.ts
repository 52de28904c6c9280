import type { ScriptedReply } from '../script.ts';

/** A streamed answer as it goes over the wire, in order. */
export interface EncodedReply {
  contentType: string;
  /** Everything but the end marker. */
  events: string[];
  /** What tells the client that the answer is whole. */
  end: string[];
  /** One more piece of text, for answers that never end. */
  more: string;
}

/** What a server must know of a provider's wire protocol. */
export interface Protocol {
  /** `chat` for a model call, `models` for the list or one of it, `undefined` for anything else. */
  route(method: string, path: string): 'chat' | 'models' | undefined;
  /** The key that was sent, from where this provider wants it. */
  keyOf(headers: Record<string, string>): string | undefined;
  read(body: unknown, path: string): { model: string; assistantTurns: number; tools: string[] };
  encode(reply: ScriptedReply, model: string): EncodedReply;
  /** An error event in the middle of a stream. */
  streamError(type: string, message: string): string;
  /** The body of an error answer. */
  errorBody(status: number, type: string, message: string): string;
  modelsBody(models: readonly string[], path: string): string;
  /** Appended to the server's address to make the base URL. */
  basePath: string;
  /** Variables that make Troupe use this server. */
  env(baseUrl: string, key: string, model: string): Record<string, string>;
}

export const sse = (data: unknown, event?: string): string =>
  `${event === undefined ? '' : `event: ${event}\n`}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;

export const bearer = (headers: Record<string, string>): string | undefined =>
  headers['authorization']?.replace(/^Bearer /, '');

export function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

export function records(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.map(record) : [];
}

export function names(value: unknown): string[] {
  return records(value).flatMap((item) => (typeof item['name'] === 'string' ? [item['name']] : []));
}

/** Splits a text so that clients must put it together again. */
export function halves(text: string): string[] {
  const middle = Math.ceil(text.length / 2);
  return [text.slice(0, middle), text.slice(middle)].filter((part) => part !== '');
}
