import type { IncomingMessage } from 'node:http';
import { modelErrors } from '../errors.ts';
import { isAppError } from '../../../kernel/index.ts';
import type { CallWatch } from './call-watch.ts';

const errorBodyLimitBytes = 64 * 1024;

/**
 * The bytes of an answer as a web stream, with back-pressure.
 * Errors: the abort's reason, `models.timed_out`, or `models.stream_broken` when the connection ends too early.
 */
export function bodyOf(
  answer: IncomingMessage,
  context: { name: string; watch: CallWatch; signal: AbortSignal | undefined },
): ReadableStream<Uint8Array> {
  const { name, watch, signal } = context;
  let ended = false;
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
          controller.enqueue(chunk);
          if ((controller.desiredSize ?? 0) > 0) return;
          answer.pause();
          watch.paused();
        });
        answer.once('end', () => end(() => controller.close()));
        answer.once('error', (error: Error & { code?: string }) =>
          end(() => controller.error(signal?.aborted ? signal.reason : brokenOff(error, name))),
        );
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

function brokenOff(error: Error & { code?: string }, link: string): Error {
  if (isAppError(error)) return error;
  return modelErrors.make('models.stream_broken', { link, reason: error.code ?? 'connection lost' });
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
