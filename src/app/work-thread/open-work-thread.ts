import { Worker } from 'node:worker_threads';
import type { Clock } from '../../kernel/index.ts';
import type { EventBus } from '../../platform/events/index.ts';
import type { FromThread, ThreadProject, ToThread } from './messages.ts';
import { relayEvents } from './relay-events.ts';

/** What runs beside the server. From source it stands in this folder; a built file has it beside itself. */
const workEntry = new URL(
  import.meta.url.endsWith('.ts') ? './work-thread.ts' : './work-thread.js',
  import.meta.url,
);

/** How long a thread that ended unasked is left alone before the next one starts, milliseconds. */
const restartMs = 1_000;

/** The thread that works on jobs beside a server. */
export interface WorkThread {
  /** Hands running jobs back, ends the thread, and resolves when it has ended. Idempotent. */
  stop(): Promise<void>;
}

/**
 * Starts the thread. What happens to jobs on either side is told on the other at once; the database would tell it within
 * `jobs.poll_ms`. A thread that dies is reported and replaced: its jobs go on as those of a process that died.
 */
export function openWorkThread(options: {
  project: ThreadProject;
  bus: EventBus;
  clock: Clock;
  onError: (error: unknown) => void;
}): WorkThread {
  const { project, bus, clock, onError } = options;
  const stopping = new AbortController();
  let current: { worker: Worker; ended: Promise<void> } | undefined;
  const tell = (message: ToThread) => current?.worker.postMessage(message);
  const relay = relayEvents(bus, (event) => tell({ type: 'event', event }));

  function start(): void {
    const worker = new Worker(workEntry, { workerData: project, stdout: true });
    // Standard output carries the protocol alone.
    worker.stdout.on('data', (chunk: Buffer) => process.stderr.write(chunk));
    worker.on('message', ({ event }: FromThread) => relay.hear(event));
    worker.on('error', onError);
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    current = { worker, ended };
    void ended.then(startAgain);
  }

  async function startAgain(): Promise<void> {
    current = undefined;
    await clock.sleep(restartMs, { signal: stopping.signal, unref: true }).catch(() => undefined);
    if (!stopping.signal.aborted) start();
  }

  start();
  return {
    async stop() {
      relay.end();
      const last = current;
      if (!stopping.signal.aborted) tell({ type: 'stop' });
      stopping.abort(new Error('the server is closing'));
      await last?.ended;
    },
  };
}
