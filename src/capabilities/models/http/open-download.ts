import type * as http from 'node:http';
import type { Clock } from '../../../kernel/index.ts';
import { watchCall, type HttpLimits } from './call-watch.ts';

/** A file on its way: what the server answered, and the bytes as they come. */
export interface Download {
  status: number;
  headers: http.IncomingHttpHeaders;
  /** Ends with an error when the connection does, or when a limit runs out. */
  body: AsyncIterable<Uint8Array>;
}

const maxRedirects = 5;

/**
 * Asks for a file and follows redirects, without any key and never from https to http.
 * Guarantee: every wait is limited, also for the next byte. Proxies of the environment are used.
 * Errors: plain ones, with a `code` or a message that says what happened to the connection.
 */
export async function openDownload(
  url: URL,
  options: {
    headers: Record<string, string>;
    limits: HttpLimits;
    clock: Clock;
    env: NodeJS.ProcessEnv;
    signal?: AbortSignal | undefined;
  },
): Promise<Download> {
  let from = url;
  for (let redirects = 0; ; redirects += 1) {
    const answer = await ask(from, options);
    const { status, headers } = answer;
    if (status < 300 || status >= 400 || headers.location === undefined) return answer;
    answer.leave();
    const to = new URL(headers.location, from);
    if (to.protocol !== 'https:' && to.protocol !== from.protocol)
      throw new Error(`redirected to ${to.protocol}//`);
    if (redirects === maxRedirects) throw new Error(`more than ${maxRedirects} redirects`);
    from = to;
  }
}

async function ask(
  url: URL,
  { headers, limits, clock, env, signal }: Parameters<typeof openDownload>[1],
): Promise<Download & { leave(): void }> {
  signal?.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<http.IncomingMessage>();
  const { get } = url.protocol === 'https:' ? await import('node:https') : await import('node:http');
  const { agentFor } = await import('./agents.ts');
  const request = get(url, {
    headers: { ...headers, 'accept-encoding': 'identity' },
    agent: agentFor(url, env),
  });
  const watch = watchCall(limits, clock, (_phase, limitMs) =>
    request.destroy(new Error(`nothing came for ${limitMs} milliseconds`)),
  );
  const onAbort = () => request.destroy(signal!.reason as Error);
  signal?.addEventListener('abort', onAbort, { once: true });
  // What is sent completely proves a connection, through a proxy too.
  request.once('finish', () => watch.connected());
  request.once('close', () => {
    watch.stop();
    signal?.removeEventListener('abort', onAbort);
  });
  request.once('response', resolve);
  request.on('error', reject);
  const answer = await promise;
  watch.byte();
  return {
    status: answer.statusCode ?? 0,
    headers: answer.headers,
    leave: () => request.destroy(),
    body: watched(answer, () => watch.byte()),
  };
}

async function* watched(answer: http.IncomingMessage, onBytes: () => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    onBytes();
    yield chunk;
  }
}
