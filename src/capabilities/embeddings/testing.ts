import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { closeForGood } from '../../../test/support/close-for-good.ts';

/** A request as it came. */
export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** What is answered; `cut` breaks the connection after some bytes of the body, when the promise resolves. */
export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  json?: unknown;
  text?: string;
  bytes?: Uint8Array;
  contentType?: string;
  cut?: { afterBytes: number; when: Promise<unknown> };
}

export interface Loopback {
  url: string;
  received: readonly Received[];
  /** Closes it, and nobody else answers at its address while this test file runs. */
  leave(): Promise<void>;
}

/** A server on loopback for one test, which answers as it is told. */
export async function startLoopback(
  t: TestContext,
  answer: (request: Received) => Answer,
): Promise<Loopback> {
  const received: Received[] = [];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const request = { method: incoming.method!, path: incoming.url!, headers: incoming.headers, body };
      received.push(request);
      const { status = 200, headers = {}, json, text, bytes, contentType, cut } = answer(request);
      const content = bytes ?? Buffer.from(text ?? JSON.stringify(json));
      const type = contentType ?? (json === undefined ? 'text/html' : 'application/json');
      response.writeHead(status, { 'content-type': type, 'content-length': content.byteLength, ...headers });
      if (cut === undefined) return response.end(content);
      response.write(content.subarray(0, cut.afterBytes));
      void cut.when.then(() => response.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  t.after(close);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    leave: () => closeForGood(port, close),
  };
}
