import type { IncomingMessage } from 'node:http';
import type { CallWatch } from './call-watch.ts';

const errorBodyLimitBytes = 64 * 1024;

/**
 * The bytes of an answer as a web stream, with back-pressure.
 * A connection that ends too early ends the stream with the error that `reasonFor` makes of it. An answer of more than
 * `limit.sizeBytes` ends it with the limit's error, and the connection with it.
 */
export function bodyOf(
  answer: IncomingMessage,
  watch: CallWatch,
  limit: { sizeBytes: number; error: (receivedBytes: number) => Error },
  reasonFor: (error: Error) => Error,
): ReadableStream<Uint8Array> {
  let ended = false;
  let receivedBytes = 0;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const end = (act: () => void) => {
          if (ended) return;
          ended = true;
          watch.stop();
          act();
        };
        answer.on('data', (chunk: Uint8Array) => {
          watch.byte();
          if (ended) return;
          receivedBytes += chunk.length;
          if (receivedBytes > limit.sizeBytes) {
            end(() => controller.error(limit.error(receivedBytes)));
            answer.destroy();
            return;
          }
          controller.enqueue(chunk);
          if ((controller.desiredSize ?? 0) > 0) return;
          answer.pause();
          watch.paused();
        });
        answer.once('end', () => end(() => controller.close()));
        answer.once('error', (error: Error) => end(() => controller.error(reasonFor(error))));
      },
      pull() {
        if (!answer.isPaused()) return;
        watch.byte();
        answer.resume();
      },
      cancel() {
        ended = true;
        answer.destroy();
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: 256 * 1024 }),
  );
}

/** The start of an error's body, at most 64 KB; what cannot be read is an empty text, since the status tells enough. */
export async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      sizeBytes += chunk.length;
      if (sizeBytes >= errorBodyLimitBytes) break;
    }
  } catch {
    return '';
  }
  return Buffer.concat(chunks).toString('utf8');
}
