import { Worker } from 'node:worker_threads';
import { ownFile, type Clock } from '../../kernel/index.ts';
import type { EventBus } from '../../platform/events/index.ts';
import type { FromThread, ThreadProject, ToThread } from './messages.ts';
import { relayEvents } from './relay-events.ts';

/** What runs beside the server. */
const workEntry = ownFile(import.meta.url, { source: './work-thread.ts', built: './work-thread.js' });

/** Pause before a thread that ended unasked is replaced, doubled while the next ones end soon too; milliseconds. */
const firstPauseMs = 1_000;
const longestPauseMs = 60_000;
/** A thread that lived so long had worked: its end is a new event, not the same failure again. */
const steadyMs = 60_000;

/** The thread that works on jobs beside a server. */
export interface WorkThread {
  /** Starts the next thread now when one ended and is not replaced yet: a call came, and its job should not wait. */
  wake(): void;
  /**
   * Hands running jobs back, ends the thread, and resolves when it has ended. One that does not end within `stopWithinMs`,
   * such as one in a computation without an end, is ended from outside; its jobs go on as those of a process that died.
   * Idempotent.
   */
  stop(): Promise<void>;
}

/** What the thread works on and with. */
export interface WorkThreadOptions {
  project: ThreadProject;
  bus: EventBus;
  clock: Clock;
  /** Milliseconds that `stop` waits for the thread to end by itself. */
  stopWithinMs: number;
  /** Hears why a thread ended unasked: once, until one has worked for a while. */
  onError: (error: unknown) => void;
  /** Hears then, in a sentence, what becomes of it. */
  onNotice: (message: string) => void;
  /** The program of the thread; default the one beside this file. */
  entry?: URL;
}

/**
 * Starts the thread. What happens to jobs on either side is told on the other at once; the database would tell it within
 * `jobs.poll_ms`. A thread that dies is reported and replaced: its jobs go on as those of a process that died.
 */
export function openWorkThread(options: WorkThreadOptions): WorkThread {
  const { project, bus, clock, entry = workEntry } = options;
  const stopping = new AbortController();
  let current: { worker: Worker; ended: Promise<void> } | undefined;
  let pause = new AbortController();
  let failures = 0;
  const tell = (message: ToThread) => current?.worker.postMessage(message);
  const relay = relayEvents(bus, (event) => tell({ type: 'event', event }));

  function start(): void {
    const startedAt = clock.monotonicMs();
    let reason: unknown;
    const worker = new Worker(entry, { workerData: project, stdout: true });
    // Standard output carries the protocol alone.
    worker.stdout.on('data', (chunk: Buffer) => process.stderr.write(chunk));
    worker.on('message', ({ event }: FromThread) => relay.hear(event));
    worker.on('error', (error: unknown) => {
      reason = error;
    });
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    current = { worker, ended };
    void ended.then(() => startAgain(clock.monotonicMs() - startedAt, reason));
  }

  async function startAgain(livedMs: number, reason: unknown): Promise<void> {
    current = undefined;
    if (stopping.signal.aborted) return;
    failures = livedMs >= steadyMs ? 1 : failures + 1;
    if (failures === 1) {
      if (reason !== undefined) options.onError(reason);
      options.onNotice(
        'The thread that works on jobs ended. Jobs are kept and wait; it is started again, with each call at the latest. ' +
          'If jobs stay waiting, `troupe doctor` and `troupe worker` in a terminal show what is wrong.',
      );
    }
    pause = new AbortController();
    const signal = AbortSignal.any([stopping.signal, pause.signal]);
    const pauseMs = Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs);
    await clock.sleep(pauseMs, { signal, unref: true }).catch(() => undefined);
    if (!stopping.signal.aborted) start();
  }

  start();
  return {
    wake: () => pause.abort(new Error('a call came')),
    async stop() {
      relay.end();
      const last = current;
      if (!stopping.signal.aborted) tell({ type: 'stop' });
      stopping.abort(new Error('the server is closing'));
      if (last === undefined) return;
      const inTime = new AbortController();
      const isLate = clock.sleep(options.stopWithinMs, { signal: inTime.signal }).then(
        () => true,
        () => false,
      );
      if (await Promise.race([last.ended, isLate])) await last.worker.terminate();
      inTime.abort();
    },
  };
}
