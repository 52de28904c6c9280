import { setImmediate } from 'node:timers/promises';

const sliceMs = 8;

/**
 * Keeps synchronous work from holding the event loop: `pause()` gives other work its turn once 8 ms have passed, and
 * throws the signal's reason when the caller has gone.
 */
export function createPacer(signal: AbortSignal | undefined): { pause(): Promise<void> | undefined } {
  let sliceStart = performance.now();
  return {
    pause() {
      signal?.throwIfAborted();
      if (performance.now() - sliceStart < sliceMs) return undefined;
      return setImmediate().then(() => {
        sliceStart = performance.now();
      });
    },
  };
}
