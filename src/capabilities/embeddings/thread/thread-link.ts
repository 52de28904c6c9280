import { Worker } from 'node:worker_threads';
import type { FromThread, ThreadModel, ToThread } from './messages.ts';

/** A running thread. */
export interface ThreadLink {
  send(message: ToThread): void;
  /** Whether the process stays alive for this thread. */
  hold(alive: boolean): void;
  /** Ends it and frees its memory; no message comes after. */
  end(): Promise<void>;
}

/** Room for objects of a moment, megabytes: the kernel's numbers lie in memory of its own. By default it grows to some 50. */
const maxYoungMb = 4;

/** Starts a thread. `death` is called at most once, with the reason, and not after `end`. */
export function openThreadLink(
  entry: URL,
  model: ThreadModel,
  on: { message: (message: FromThread) => void; death: (reason: string) => void },
): ThreadLink {
  const worker = new Worker(entry, {
    workerData: model,
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: maxYoungMb },
  });
  let over = false;
  let reason: string | undefined;
  worker.on('message', (message: FromThread) => {
    if (!over) on.message(message);
  });
  worker.on('error', (error: Error) => (reason = error.message));
  // An error overtakes what was sent before it; the exit does not.
  worker.on('exit', (code) => {
    if (over) return;
    over = true;
    on.death(reason ?? `exit code ${code}`);
  });
  return {
    send: (message) => worker.postMessage(message),
    hold: (alive) => (alive ? worker.ref() : worker.unref()),
    async end() {
      over = true;
      await worker.terminate();
    },
  };
}
