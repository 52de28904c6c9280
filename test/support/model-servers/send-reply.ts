import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { encodeFor } from './protocols/openai-responses.ts';
import type { Protocol } from './protocols/protocol.ts';
import type { RecordedRequest, ScriptedReply } from './script.ts';

/** Sends the scripted answer; returns when it is sent or the client has left. */
export async function sendReply(
  response: ServerResponse,
  protocol: Protocol,
  request: RecordedRequest,
  reply: ScriptedReply,
): Promise<void> {
  const gone = () => response.destroyed;
  await pause(reply.headersDelayMs, reply.beforeHeaders);
  if (gone()) return;
  if (reply.rawBody !== undefined) return sendWhole(response, request, reply, reply.rawBody);
  if (reply.status !== undefined && reply.status >= 300) {
    const body = protocol.errorBody(
      reply.status,
      reply.errorType ?? 'error',
      reply.errorMessage ?? 'scripted failure',
    );
    return sendWhole(response, request, { contentType: 'application/json', ...reply }, body);
  }

  const openai = request.path.endsWith('/chat/completions') || request.path.endsWith('/responses');
  const encoded = openai
    ? encodeFor(request.path, reply, request.model)
    : protocol.encode(reply, request.model);
  const ends = reply.ends ?? 'complete';
  request.status = 200;
  response.writeHead(200, { 'content-type': reply.contentType ?? encoded.contentType, ...reply.headers });
  response.flushHeaders();

  const body =
    ends === 'complete' ? [...encoded.events, ...encoded.end] : encoded.events.slice(0, reply.afterEvents);
  for (const [index, event] of body.entries()) {
    await pause(reply.trickleMs, reply.beforeEvent && (() => reply.beforeEvent!(index)));
    if (gone()) return;
    response.write(event);
    await nextTurn();
  }
  switch (ends) {
    case 'cut':
      response.destroy();
      return;
    case 'stalled':
      if (!gone()) await once(response, 'close');
      return;
    case 'endless':
      while (!gone()) {
        response.write(encoded.more);
        await pause(reply.trickleMs ?? 5, undefined);
      }
      return;
    case 'error':
      response.end(
        protocol.streamError(reply.errorType ?? 'overloaded_error', reply.errorMessage ?? 'Overloaded'),
      );
      return;
    case 'unfinished':
      response.end();
      return;
    case 'complete':
      request.completed = true;
      response.end();
  }
}

function sendWhole(
  response: ServerResponse,
  request: RecordedRequest,
  reply: ScriptedReply,
  body: string,
): void {
  request.status = reply.status ?? 200;
  response.writeHead(request.status, { 'content-type': reply.contentType ?? 'text/html', ...reply.headers });
  response.end(body);
  request.completed = true;
}

async function pause(delayMs: number | undefined, gate: (() => Promise<void>) | undefined): Promise<void> {
  if (delayMs !== undefined) await wait(delayMs);
  if (gate !== undefined) await gate();
}
