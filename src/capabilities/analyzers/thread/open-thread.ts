import { AppError } from '../../../kernel/index.ts';
import { analyzerErrors } from '../errors.ts';
import { afterRunning } from './after-running.ts';
import { openThreadLane, type Lane, type LaneOptions } from './lane.ts';
import type { AnalysisJob, AppliedRules, AppliedSets, FileResult } from './messages.ts';

export interface ThreadRun {
  job: AnalysisJob;
  signal?: AbortSignal | undefined;
  /** How long an own rule may take in one file, milliseconds; else as long as a file. */
  ruleTimeoutMs?: number | undefined;
  onReady: (applied: AppliedRules[], sets?: AppliedSets) => void;
  onFile: (result: FileResult) => void;
  /** Hears of an own rule that took too long at a file; it is left out from there on. */
  onStopped?: (rule: string, file: string) => void;
}

export interface AnalysisThread {
  /**
   * Analyses the job's files; jobs wait for each other, in order, and one that waits is cancelled at once. A file that takes longer than `fileTimeoutMs` is
   * reported as skipped and the rest goes on in a new thread; where an own rule was running, the rule is left out and
   * the file is analysed without it. To start and load the rules is no file's time.
   * Errors: `analyzers.cancelled` on abort, `analyzers.thread_failed` when the thread dies or does not start, and what
   * it reports.
   */
  run(run: ThreadRun): Promise<void>;
}

export interface ThreadOptions extends LaneOptions {
  /** How long one file may take, milliseconds. */
  fileTimeoutMs: number;
  /** How long an idle thread is kept for the next job, milliseconds. It never keeps the process alive. */
  idleTimeoutMs: number;
  /** What to run in; a thread by default. */
  openLane?: (options: LaneOptions) => Lane;
}

/** A machine that needs longer to start a thread and load all rules is of no use for it. */
const startTimeoutMs = 300_000;

/** Where a run stood still. */
interface Stuck {
  /** Index of the file. */
  at: number;
  /** The own rule that was running, if one was. */
  rule: string | undefined;
}

/** A thread that starts at the first job, ends itself when idle, and is replaced when a job was aborted or failed. */
export function openThread(options: ThreadOptions): AnalysisThread {
  const { fileTimeoutMs, idleTimeoutMs, openLane = openThreadLane } = options;
  let idle: { lane: Lane; timer: NodeJS.Timeout } | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const takeLane = (): Lane => {
    if (idle === undefined) return openLane(options);
    const { lane, timer } = idle;
    clearTimeout(timer);
    idle = undefined;
    return lane;
  };
  const keepIdle = (lane: Lane) => {
    const end = () => {
      if (idle?.lane === lane) idle = undefined;
      lane.end();
    };
    const timer = setTimeout(end, idleTimeoutMs).unref();
    lane.hold(false);
    lane.listen({ message: () => undefined, death: end });
    idle = { lane, timer };
  };

  /** Resolves with where it stood still, or `undefined` when all files are done. */
  const runOnce = ({ job, signal, ruleTimeoutMs = fileTimeoutMs, onReady, onFile }: ThreadRun) =>
    new Promise<Stuck | undefined>((resolve, reject) => {
      if (signal?.aborted) return reject(analyzerErrors.make('analyzers.cancelled', {}));
      const lane = takeLane();
      let filesDone = 0;
      let rule: string | undefined;
      let endWatch: () => void;

      const settle = (finish: () => void, keep: boolean) => {
        endWatch();
        signal?.removeEventListener('abort', onAbort);
        if (keep) keepIdle(lane);
        else lane.end();
        finish();
      };
      const watch = () => {
        endWatch();
        const limitMs = rule === undefined ? fileTimeoutMs : ruleTimeoutMs;
        endWatch = afterRunning(limitMs, () => settle(() => resolve({ at: filesDone, rule }), false));
      };
      const onAbort = () => settle(() => reject(analyzerErrors.make('analyzers.cancelled', {})), false);
      const fail = (reason: string, file: string | undefined) =>
        settle(() => reject(analyzerErrors.make('analyzers.thread_failed', { reason, file })), false);

      signal?.addEventListener('abort', onAbort, { once: true });
      lane.listen({
        death: (reason) => fail(reason, job.files[filesDone]),
        message(message) {
          rule = message.type === 'rule' ? message.rule : undefined;
          watch();
          if (message.type === 'ready') onReady(message.applied, message.sets);
          if (message.type === 'file') {
            filesDone++;
            onFile(message.result);
          }
          if (message.type === 'done') settle(() => resolve(undefined), true);
          if (message.type === 'failed') settle(() => reject(fromWire(message.error)), false);
        },
      });
      const notReady = `it was not ready after ${startTimeoutMs} milliseconds`;
      endWatch = afterRunning(startTimeoutMs, () => fail(notReady, undefined));
      lane.hold(true);
      lane.send(job);
    });

  const runAll = async (run: ThreadRun) => {
    let { files, stopped = [] } = run.job;
    while (files.length > 0) {
      const stuck = await runOnce({ ...run, job: { ...run.job, files, stopped } });
      if (stuck === undefined) return;
      const file = files[stuck.at]!;
      if (stuck.rule !== undefined) {
        stopped = [...stopped, stuck.rule];
        run.onStopped?.(stuck.rule, file);
        files = files.slice(stuck.at);
        continue;
      }
      const skipped = `took longer than ${fileTimeoutMs} milliseconds`;
      run.onFile({ file, evidence: [], suppressed: [], skipped, ranRules: [] });
      files = files.slice(stuck.at + 1);
    }
  };

  return {
    run(run) {
      const turn = last.then(() => runAll(run));
      last = turn.catch(() => undefined);
      return untilCancelled(turn, run.signal);
    },
  };
}

/** A turn that has not come yet does not hear of the abort; whoever waits for it does. */
function untilCancelled(turn: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return turn;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(analyzerErrors.make('analyzers.cancelled', {}));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    turn.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

function fromWire({ retry_after_ms: retryAfterMs, ...fields }: ReturnType<AppError['toWire']>): AppError {
  return new AppError({ ...fields, retryAfterMs });
}
