import { Worker } from 'node:worker_threads';
import { AppError } from '../../../kernel/index.ts';
import { analyzerErrors } from '../errors.ts';
import type { AnalysisJob, AppliedRules, FileResult, ThreadMessage } from './messages.ts';

/** How long one file may take before the thread is given up and the file skipped, milliseconds. */
const fileTimeoutMs = 20_000;
/** How long an idle thread is kept for the next analysis, milliseconds. */
const idleTimeoutMs = 10_000;
/** Memory of a thread's own heap, megabytes. */
const maxHeapMb = 256;

const entry = new URL(
  import.meta.url.endsWith('.ts') ? './analysis-thread.ts' : './analysis-thread.js',
  import.meta.url,
);

export interface ThreadRun {
  job: AnalysisJob;
  signal?: AbortSignal | undefined;
  onReady: (applied: AppliedRules[]) => void;
  onFile: (result: FileResult) => void;
}

let idle: { worker: Worker; timer: NodeJS.Timeout } | undefined;
let last: Promise<unknown> = Promise.resolve();

/**
 * Analyses the job's files in the analysis thread; jobs wait for each other, in order. A file that takes longer than
 * 20 seconds is reported as skipped and the rest goes on in a new thread.
 * Errors: `analyzers.cancelled` on abort, `analyzers.thread_failed` when the thread dies.
 */
export function runInThread(run: ThreadRun): Promise<void> {
  const turn = last.then(() => runAll(run));
  last = turn.catch(() => undefined);
  return turn;
}

async function runAll(run: ThreadRun): Promise<void> {
  let files = run.job.files;
  for (;;) {
    const stuckAt = await runOnce({ ...run, job: { ...run.job, files } });
    if (stuckAt === undefined) return;
    const skipped = `took longer than ${fileTimeoutMs / 1000} seconds`;
    run.onFile({ file: files[stuckAt]!, evidence: [], suppressed: [], skipped, ranRules: [] });
    files = files.slice(stuckAt + 1);
  }
}

/** Resolves with the index of the file that took too long, or `undefined` when all are done. */
function runOnce({ job, signal, onReady, onFile }: ThreadRun): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(analyzerErrors.make('analyzers.cancelled', {}));
    const worker = takeIdle() ?? startWorker();
    let filesDone = 0;
    let watchdog: NodeJS.Timeout;
    const settle = (finish: () => void, keep: boolean) => {
      clearTimeout(watchdog);
      signal?.removeEventListener('abort', onAbort);
      worker.removeAllListeners();
      if (keep) keepIdle(worker);
      else void worker.terminate();
      finish();
    };
    const watch = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => settle(() => resolve(filesDone), false), fileTimeoutMs);
    };
    const onAbort = () => settle(() => reject(analyzerErrors.make('analyzers.cancelled', {})), false);
    const onDeath = (reason: string) => {
      const file = job.files[filesDone];
      settle(() => reject(analyzerErrors.make('analyzers.thread_failed', { reason, file })), false);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    worker.on('error', (error) => onDeath(error.message));
    worker.on('exit', (code) => onDeath(`exit code ${code}`));
    worker.on('message', (message: ThreadMessage) => {
      watch();
      switch (message.type) {
        case 'ready':
          return onReady(message.applied);
        case 'file':
          filesDone++;
          return onFile(message.result);
        case 'done':
          return settle(() => resolve(undefined), true);
        case 'failed':
          return settle(() => reject(fromWire(message.error)), false);
      }
    });
    watch();
    worker.ref();
    worker.postMessage(job);
  });
}

function startWorker(): Worker {
  return new Worker(entry, { resourceLimits: { maxOldGenerationSizeMb: maxHeapMb }, stderr: false });
}

function takeIdle(): Worker | undefined {
  if (idle === undefined) return undefined;
  const { worker, timer } = idle;
  clearTimeout(timer);
  idle = undefined;
  return worker;
}

/** Keeps the thread without keeping the process alive; ends it when nothing came for a while. */
function keepIdle(worker: Worker): void {
  const end = () => {
    if (idle?.worker === worker) idle = undefined;
    worker.removeAllListeners();
    void worker.terminate();
  };
  const timer = setTimeout(end, idleTimeoutMs);
  timer.unref();
  worker.unref();
  worker.on('error', end);
  worker.on('exit', end);
  idle = { worker, timer };
}

function fromWire(error: Extract<ThreadMessage, { type: 'failed' }>['error']): AppError {
  const { retry_after_ms: retryAfterMs, ...fields } = error;
  return new AppError({ ...fields, retryAfterMs });
}
