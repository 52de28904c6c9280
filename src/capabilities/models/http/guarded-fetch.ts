import * as http from 'node:http';
import * as https from 'node:https';
import { isAppError, type Clock } from '../../../kernel/index.ts';
import { labelOf, type ModelChainLink } from '../chain/model-chain.ts';
import { modelErrors } from '../errors.ts';
import { agentFor } from './agents.ts';
import { bodyOf, textOf } from './answer-body.ts';
import { watchCall, type HttpLimits, type TimedOutPhase } from './call-watch.ts';
import type { Redact } from './redact.ts';
import { readRetryAfter } from './retry-after.ts';
import { errorOfAnswer, readErrorBody } from './status-errors.ts';

export interface FetchContext {
  link: ModelChainLink;
  limits: HttpLimits;
  clock: Clock;
  redact: Redact;
  /** Size of the prompt, for the message when it is too long. */
  estimatedTokens: number;
  /** Most bytes of an answer. */
  answerLimitBytes: number;
  env: NodeJS.ProcessEnv;
}

const settingOf: Record<TimedOutPhase, string> = {
  connect: 'models.connect_timeout_ms',
  idle: 'models.idle_timeout_ms',
  total: 'models.call_timeout_ms',
};
const waitedFor: Record<TimedOutPhase, string> = {
  connect: 'no connection',
  idle: 'not one byte',
  total: 'no complete answer',
};

/**
 * A `fetch` for the provider libraries, over `node:http` because the built-in one has no limit for the connection and
 * fixed ones for the answer.
 *
 * Guarantees: every wait is limited; an abort destroys the socket at once; redirects are not followed, so that a key
 * stays with the server it was meant for; anything but a successful answer in a model protocol is thrown as an
 * `AppError` of this capability, redacted.
 * Errors: `models.unreachable`, `models.timed_out`, `models.bad_response`, `models.stream_broken`,
 * `models.answer_too_long`, and those of `errorOfAnswer`.
 */
export function guardedFetch(context: FetchContext): typeof globalThis.fetch {
  const { link, clock, limits } = context;
  const name = labelOf(link);
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const { promise, resolve, reject } = Promise.withResolvers<http.IncomingMessage>();
    const { signal } = init;
    signal?.throwIfAborted();

    const request = (url.protocol === 'https:' ? https : http).request(url, {
      method: init.method ?? 'GET',
      headers: { ...Object.fromEntries(new Headers(init.headers)), 'accept-encoding': 'identity' },
      agent: agentFor(url, context.env),
    });
    let timedOut: Error | undefined;
    const watch = watchCall(limits, clock, (phase, limitMs) => {
      const setting = settingOf[phase];
      const facts = { link: name, phase, waitedFor: waitedFor[phase], limitMs, setting };
      timedOut = modelErrors.make('models.timed_out', facts);
      request.destroy(timedOut);
    });
    const onAbort = () => request.destroy(signal!.reason as Error);
    signal?.addEventListener('abort', onAbort, { once: true });
    request.on('socket', (socket) => {
      if (request.reusedSocket) watch.connected();
      else socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => watch.connected());
    });
    // Through a proxy the socket arrives connected; what is sent completely proves a connection too.
    request.once('finish', () => watch.connected());
    request.once('close', () => {
      watch.stop();
      signal?.removeEventListener('abort', onAbort);
    });
    request.once('response', resolve);
    request.on('error', (error) => reject(signal?.aborted ? signal.reason : unreachable(error, name, url)));
    request.end(init.body ?? undefined);

    const answer = await promise;
    watch.byte();
    const status = answer.statusCode ?? 0;
    if (status >= 400) {
      throw errorOfAnswer(
        link,
        {
          status,
          retryAfterMs: readRetryAfter(answer.headers, clock.now()),
          ...readErrorBody(await textOf(answer)),
        },
        context,
      );
    }
    const contentType = answer.headers['content-type'] ?? '';
    if (
      status >= 300 ||
      (contentType !== '' && !/json|event-stream|text\/plain|octet-stream/.test(contentType))
    ) {
      request.destroy();
      throw modelErrors.make('models.bad_response', {
        link: name,
        status,
        contentType: contentType.split(';')[0]!,
      });
    }
    // A destroyed answer says ECONNRESET, whoever destroyed it: the first reason counts.
    const reasonFor = (error: Error & { code?: string }) =>
      signal?.aborted ? (signal.reason as Error) : (timedOut ?? brokenOff(error, name));
    const sizeBytes = context.answerLimitBytes;
    const tooLong = (received: number) =>
      modelErrors.make('models.answer_too_long', { link: name, unit: 'bytes', limit: sizeBytes, received });
    const stream = bodyOf(answer, watch, { sizeBytes, error: tooLong }, reasonFor);
    return new Response(status === 204 ? null : stream, { status, headers: { 'content-type': contentType } });
  };
}

function brokenOff(error: Error & { code?: string }, link: string): Error {
  return modelErrors.make('models.stream_broken', { link, reason: error.code ?? 'connection lost' });
}

function unreachable(error: Error & { code?: string }, link: string, url: URL): Error {
  if (isAppError(error)) return error;
  const reason = error.code ?? 'connection failed';
  return modelErrors.make('models.unreachable', { link, host: url.host, reason });
}
