import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';
import type { AnswerMeter } from './answer-size.ts';
import { cutOff, isCutOff } from './cut-off.ts';
import type { OpenedStream } from './open-attempt.ts';
import { isUnknownEvent } from './unknown-event.ts';

type Finish = Extract<LanguageModelV4StreamPart, { type: 'finish' }>;

/** How a turn ended, told once. `deliveredTokens` is a guess at what was received. */
export interface TurnObserver {
  finished(finish: Finish, deliveredTokens: number): Finish;
  /** Returns the error to show. */
  broken(thrown: unknown, deliveredTokens: number): Error;
  /** Nobody reads any more. */
  cancelled(deliveredTokens: number): void;
}

/**
 * One turn as the caller sees it.
 *
 * Guarantees: text and thinking pass as they come; tool calls are held back until the turn has really finished, so that
 * no tool runs for a turn that broke off; the stream ends with one `finish`, or with one `error` part and nothing after it.
 * An answer without its end marker counts as broken, however well formed it looks, and so does one that is longer than
 * `meter` allows.
 */
export function turnStream(
  opened: OpenedStream,
  link: string,
  meter: AnswerMeter,
  observer: TurnObserver,
  signal: AbortSignal | undefined,
): ReadableStream<LanguageModelV4StreamPart> {
  const head = [...opened.head];
  const heldCalls: LanguageModelV4StreamPart[] = [];
  let over = false;

  const next = async (): Promise<LanguageModelV4StreamPart> => {
    for (;;) {
      const read =
        head.length > 0 ? { done: false as const, value: head.shift()! } : await opened.rest.read();
      if (read.done) throw cutOff(link);
      if (read.value.type === 'finish' && isCutOff(read.value)) throw cutOff(link);
      if (read.value.type !== 'error') return read.value;
      if (!isUnknownEvent(read.value.error)) throw read.value.error;
    }
  };

  return new ReadableStream<LanguageModelV4StreamPart>({
    async pull(controller) {
      try {
        for (;;) {
          const part = await next();
          // One provider's bookkeeping; the next model of the chain would refuse to read it back.
          if (part.type === 'custom') continue;
          meter.add(part);
          if (part.type === 'tool-call') {
            heldCalls.push(part);
            continue;
          }
          if (part.type !== 'finish') return controller.enqueue(part);
          over = true;
          const finish = observer.finished(part, meter.tokens());
          for (const call of heldCalls) controller.enqueue(call);
          controller.enqueue(finish);
          return controller.close();
        }
      } catch (thrown) {
        if (over) throw thrown;
        over = true;
        await opened.rest.cancel().catch(() => undefined);
        const error = observer.broken(thrown, meter.tokens());
        if (signal?.aborted) return controller.error(signal.reason);
        controller.enqueue({ type: 'error', error });
        controller.close();
      }
    },
    async cancel(reason) {
      if (over) return;
      over = true;
      await opened.rest.cancel(reason).catch(() => undefined);
      observer.cancelled(meter.tokens());
    },
  });
}
