import { Worker } from 'node:worker_threads';
import { AppError } from '../../../kernel/index.ts';
import { analyzerErrors } from '../errors.ts';
import type { AnalysisJob, AppliedRules, FileResult, ThreadMessage } from './messages.ts';

export interface ThreadRun {
  job: AnalysisJob;
  signal?: AbortSignal | undefined;
  onReady: (applied: AppliedRules[]) => void;
  onFile: (result: FileResult) => void;
}

export interface AnalysisThread {
  /**
   * Analyses the job's files; jobs wait for each other, in order. A file that takes longer than `fileTimeoutMs` is
   * reported as skipped and the rest goes on in a new thread.
   * Errors: `analyzers.cancelled` on abort, `analyzers.thread_failed` when the thread dies, and what it reports.
   */
  run(run: ThreadRun): Promise<void>;
}

export interface ThreadOptions {
  /** The module the thread runs; it answers an `AnalysisJob` with `ThreadMessage`s. */
  entry: URL;
  /** How long one file may take, milliseconds. */
  fileTimeoutMs: number;
  /** How long an idle thread is kept for the next job, milliseconds. It never keeps the process alive. */
  idleTimeoutMs: number;
  /** Memory of the thread's own heap, megabytes. */
  maxHeapMb: number;
}

/** A thread that starts at the first job, ends itself when idle, and is replaced when a job was aborted or failed. */
export function openThread({
  entry,
  fileTimeoutMs,
  idleTimeoutMs,
  maxHeapMb,
}: ThreadOptions): AnalysisThread {
  let idle: { worker: Worker; timer: NodeJS.Timeout } | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const takeWorker = (): Worker => {
    // Without the process's own flags: some of them (`--input-type`, `--inspect`) are not for a second module.
    const limits = { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: maxHeapMb } };
    if (idle === undefined) return new Worker(entry, limits);
    const { worker, timer } = idle;
    clearTimeout(timer);
    silence(worker);
    idle = undefined;
    return worker;
  };

  const keepIdle = (worker: Worker) => {
    const end = () => {
      if (idle?.worker === worker) idle = undefined;
      silence(worker);
      void worker.terminate();
    };
    const timer = setTimeout(end, idleTimeoutMs).unref();
    worker.unref();
    worker.on('error', end).on('exit', end);
    idle = { worker, timer };
  };

  /** Resolves with the index of the file that took too long, or `undefined` when all are done. */
  const runOnce = ({ job, signal, onReady, onFile }: ThreadRun) =>
    new Promise<number | undefined>((resolve, reject) => {
      if (signal?.aborted) return reject(analyzerErrors.make('analyzers.cancelled', {}));
      const worker = takeWorker();
      let filesDone = 0;
      let watchdog: NodeJS.Timeout;
      const settle = (finish: () => void, keep: boolean) => {
        clearTimeout(watchdog);
        signal?.removeEventListener('abort', onAbort);
        silence(worker);
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
      worker.on('error', (error) => onDeath(error instanceof Error ? error.message : String(error)));
      worker.on('exit', (code) => onDeath(`exit code ${code}`));
      worker.on('message', (message: ThreadMessage) => {
        watch();
        if (message.type === 'ready') onReady(message.applied);
        if (message.type === 'file') {
          filesDone++;
          onFile(message.result);
        }
        if (message.type === 'done') settle(() => resolve(undefined), true);
        if (message.type === 'failed') settle(() => reject(fromWire(message.error)), false);
      });
      watch();
      worker.ref();
      worker.postMessage(job);
    });

  const runAll = async (run: ThreadRun) => {
    let { files } = run.job;
    while (files.length > 0) {
      const stuckAt = await runOnce({ ...run, job: { ...run.job, files } });
      if (stuckAt === undefined) return;
      const skipped = `took longer than ${fileTimeoutMs} milliseconds`;
      run.onFile({ file: files[stuckAt]!, evidence: [], suppressed: [], skipped, ranRules: [] });
      files = files.slice(stuckAt + 1);
    }
  };

  return {
    run(run) {
      const turn = last.then(() => runAll(run));
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}

/** By name: a worker also has listeners of its own, without which it no longer receives anything. */
function silence(worker: Worker): void {
  for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
}

function fromWire({ retry_after_ms: retryAfterMs, ...fields }: ReturnType<AppError['toWire']>): AppError {
  return new AppError({ ...fields, retryAfterMs });
}
