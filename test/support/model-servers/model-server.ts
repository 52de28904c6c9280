import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { anthropic } from './protocols/anthropic.ts';
import { azure } from './protocols/azure.ts';
import { google } from './protocols/google.ts';
import { ollama } from './protocols/ollama.ts';
import { openaiChat } from './protocols/openai-chat.ts';
import { openai } from './protocols/openai-responses.ts';
import type { Protocol } from './protocols/protocol.ts';
import { usageOf, type RecordedRequest, type ScriptedReply, type ScriptedStep } from './script.ts';
import { sendReply } from './send-reply.ts';
import { recordedSignal, type RecordedSignal } from '../recorded-signal.ts';
import { closeForGood } from '../close-for-good.ts';

export const protocols = {
  anthropic,
  openai,
  google,
  azure,
  'openai-compatible': openaiChat,
  ollama,
} as const;

export type ProtocolName = keyof typeof protocols;

/** Steps in order, or one answer for every call. */
export type Script = readonly ScriptedStep[] | ((request: RecordedRequest) => ScriptedReply);

export interface ModelServerOptions {
  /** Models it serves; a call of another one gets 404. Default: any. */
  models?: readonly string[];
  /** The only key it takes. Default: `test-key-<protocol>`. */
  key?: string;
  /** The model named in `env`. */
  model?: string;
  /** 0, the default, takes any free port. */
  port?: number;
}

export interface ModelServer {
  baseUrl: string;
  key: string;
  model: string;
  /** Variables that make Troupe use this server and no other. */
  env: Record<string, string>;
  /** Model calls and model lists, in the order they came. */
  requests: readonly RecordedRequest[];
  /** Turns that were answered to their end, and the tokens claimed for them. */
  paid(): { turns: number; inputTokens: number; outputTokens: number };
  /** A model call has come. */
  requested: RecordedSignal<RecordedRequest>;
  /** A client left before its answer was complete. */
  disconnected: RecordedSignal<RecordedRequest>;
  /** What went against the script so far, leftover steps included. */
  violations(): string[];
  close(): Promise<void>;
  /** Closes it, and nobody else answers at its address while this test file runs. */
  leave(): Promise<void>;
}

/** Starts a server on loopback; whoever starts it closes it and reads `violations`. */
export async function openModelServer(
  name: ProtocolName,
  script: Script,
  options: ModelServerOptions = {},
): Promise<ModelServer> {
  const protocol: Protocol = protocols[name];
  const { key = `test-key-${name}`, model = 'test-model', models } = options;
  const requests: RecordedRequest[] = [];
  const unexpected: string[] = [];
  const paid = { turns: 0, inputTokens: 0, outputTokens: 0 };
  const requested = recordedSignal<RecordedRequest>();
  const disconnected = recordedSignal<RecordedRequest>();
  let calls = 0;
  let steps = 0;

  const refuse = (
    response: ServerResponse,
    request: RecordedRequest,
    status: number,
    type: string,
    message: string,
  ) => sendReply(response, protocol, request, { status, errorType: type, errorMessage: message });

  const replyTo = (request: RecordedRequest): ScriptedReply | undefined => {
    if (typeof script === 'function') return script(request);
    const step = script[steps];
    steps += 1;
    if (step === undefined) {
      unexpected.push(`call ${request.index} was not expected: ${request.body.slice(0, 300)}`);
      return undefined;
    }
    try {
      if (step.expects instanceof RegExp) assert.match(request.body, step.expects);
      else step.expects?.(request);
    } catch (error) {
      unexpected.push(`call ${request.index} is not as expected: ${(error as Error).message}`);
    }
    return typeof step.reply === 'function' ? step.reply(request) : step.reply;
  };

  const answer = async (incoming: IncomingMessage, response: ServerResponse) => {
    const request = await recordOf(incoming, protocol);
    requests.push(request);
    const route = protocol.route(request.method, request.path);
    if (route === undefined) {
      unexpected.push(`${request.method} ${request.path} is no request of ${name}`);
      return refuse(response, request, 404, 'not_found_error', 'no such path');
    }
    const given = protocol.keyOf(request.headers);
    if (name !== 'ollama' && given !== key) {
      return refuse(response, request, 401, 'authentication_error', `invalid key ${String(given)}`);
    }
    if (route === 'models') {
      const asked = request.path.replace(/\?.*$/, '').split('/models/')[1];
      const found =
        asked === undefined ? (models ?? [model]) : (models ?? [asked]).filter((id) => id === asked);
      if (found.length === 0)
        return refuse(response, request, 404, 'not_found_error', `model ${asked} not found`);
      const rawBody = protocol.modelsBody(found, request.path);
      return sendReply(response, protocol, request, { rawBody, contentType: 'application/json' });
    }
    if (models !== undefined && !models.includes(request.model)) {
      return refuse(response, request, 404, 'not_found_error', `model ${request.model} not found`);
    }
    request.index = calls;
    calls += 1;
    requested.emit(request);
    const reply = replyTo(request);
    if (reply === undefined)
      return refuse(response, request, 400, 'invalid_request_error', 'not in the script');
    response.once('close', () => {
      if (response.writableFinished) return;
      request.disconnected = true;
      disconnected.emit(request);
    });
    await sendReply(response, protocol, request, reply);
    if (!request.completed || request.status !== 200) return;
    const usage = usageOf(reply);
    paid.turns += 1;
    paid.inputTokens += usage?.inputTokens ?? 0;
    paid.outputTokens += usage?.outputTokens ?? 0;
  };

  const server = createServer((incoming, response) => {
    answer(incoming, response).catch((error: unknown) => {
      if (response.destroyed) return;
      unexpected.push(`the server failed: ${String(error)}`);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const baseUrl = `http://127.0.0.1:${port}${protocol.basePath}`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });

  return {
    baseUrl,
    key,
    model,
    env: protocol.env(baseUrl, key, model),
    requests,
    paid: () => ({ ...paid }),
    requested,
    disconnected,
    violations: () => {
      const left = typeof script === 'function' ? 0 : Math.max(0, script.length - steps);
      return left === 0 ? [...unexpected] : [...unexpected, `${left} scripted steps were not asked for`];
    },
    close,
    leave: () => closeForGood(port, close),
  };
}

async function recordOf(incoming: IncomingMessage, protocol: Protocol): Promise<RecordedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString('utf8');
  const path = incoming.url ?? '';
  const json: unknown = body === '' ? undefined : JSON.parse(body);
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([header, value]) => [header, String(value)]),
  );
  const { model, assistantTurns, tools } = protocol.read(json, path);
  const outcome = { status: 0, completed: false, disconnected: false };
  return {
    index: -1,
    method: incoming.method ?? '',
    path,
    headers,
    body,
    json,
    model,
    assistantTurns,
    tools,
    ...outcome,
  };
}
