import type { Clock } from '../../../kernel/index.ts';
import type { Job, NewStep, Step } from '../store/job.ts';
import type { JobStore } from '../store/job-store.ts';
import type { Attempt, Standing } from './attempt.ts';
import { etaMs, likelyDurations } from './eta.ts';
import { isPassing, outlast } from './outlast.ts';

/** Least time between two progress records of the same phase, milliseconds. */
const reportGapMs = 1_000;

/** How many finished jobs an estimate is drawn from. */
const historyLength = 50;

const stepsPerPage = 200;

/** An attempt with what its runner needs at the end. */
export interface OpenAttempt extends Attempt {
  /** The newest partial result; `undefined` when all of it is stored already. */
  unstoredPartial(): string | undefined;
}

/**
 * What the one who does the work holds in hands. Progress is recorded when it is told, at most once a second; what
 * was held back is recorded when that second is over; and after `reportEveryMs` of silence the newest standing again,
 * with a fresh estimate, until `ended` aborts. `startedMs` is when the attempt began, by the monotonic clock.
 */
export async function openAttempt(
  job: Job,
  startedMs: number,
  signals: { stop: AbortSignal; ended: AbortSignal },
  deps: { store: JobStore; clock: Clock; settings: { reportEveryMs: number; leaseMs: number } },
): Promise<OpenAttempt> {
  const { store, clock, settings } = deps;
  const lease = { jobId: job.id, attempt: job.attempt };
  const history = await store.finished(job, historyLength);
  let likely = likelyDurations(history, job.sizeBytes);
  let best = job.progress.percent;
  let lastWriteMs = Number.NEGATIVE_INFINITY;
  let written: Standing | undefined;
  let newest: Standing | undefined;
  let partial: (() => string) | undefined;
  let heldBack = false;
  /** Number of the last step that is known to be stored. */
  let lastStep = 0;

  const workedMs = () => clock.monotonicMs() - startedMs;
  const silentMs = () => clock.monotonicMs() - lastWriteMs;
  const progressOf = ({ phase, percent, message }: Standing) => {
    best = Math.max(best, Math.min(100, Math.round(percent)));
    return { phase, percent: best, message, etaMs: etaMs(likely, workedMs(), best, job.progress.percent) };
  };

  function takePartial(): string | undefined {
    const text = partial?.();
    partial = undefined;
    return text;
  }

  /** A partial result that could not be stored is still the newest, unless there is a newer one. */
  async function storing(text: string | undefined, write: Promise<unknown>): Promise<void> {
    try {
      await write;
    } catch (error) {
      if (text !== undefined) partial ??= () => text;
      throw error;
    }
  }

  async function record(standing: Standing, sizeBytes?: number): Promise<void> {
    lastWriteMs = clock.monotonicMs();
    written = standing;
    const partialResult = takePartial();
    const more = { partialResult, sizeBytes };
    try {
      await storing(partialResult, store.recordProgress(lease, progressOf(standing), clock.now(), more));
    } finally {
      // A write that failed late is not tried again at once.
      lastWriteMs = clock.monotonicMs();
    }
  }

  /** What was paid for outlasts a database that is away: the step is held until it is stored, as long as a lease lasts. */
  async function append(
    step: NewStep,
    standing: Standing,
    partialResult: string | undefined,
  ): Promise<number> {
    return outlast(() => store.appendStep(lease, step, progressOf(standing), clock.now(), partialResult), {
      clock,
      signal: signals.stop,
      withinMs: settings.leaseMs,
      async isDone() {
        const stored = (await store.steps(job.id, { after: lastStep, limit: stepsPerPage })).at(-1);
        const isSame = stored?.kind === step.kind && stored.name === step.name && stored.data === step.data;
        return isSame ? stored.number : undefined;
      },
    });
  }

  // A lost lease or a busy database is noticed where it matters: at the next step.
  const recordQuietly = (standing: Standing) => record(standing).catch(() => undefined);

  async function breakSilence(): Promise<void> {
    while (!signals.ended.aborted) {
      if (newest !== undefined && silentMs() >= settings.reportEveryMs) await recordQuietly(newest);
      // From the last record on, which may have come in the middle of the last sleep.
      const waitMs = newest === undefined ? settings.reportEveryMs : settings.reportEveryMs - silentMs();
      await clock.sleep(waitMs, { signal: signals.ended, unref: true }).catch(() => undefined);
    }
  }
  void breakSilence();

  /** Records the newest standing once the gap is over, so that a cancelled job's partial result is fresh. */
  async function recordLater(): Promise<void> {
    if (heldBack) return;
    heldBack = true;
    const waitMs = Math.max(0, reportGapMs - silentMs());
    await clock.sleep(waitMs, { signal: signals.ended, unref: true }).catch(() => undefined);
    heldBack = false;
    const outdated = partial !== undefined || newest !== written;
    if (outdated && !signals.ended.aborted && silentMs() >= reportGapMs) await recordQuietly(newest!);
  }

  return {
    job,
    signal: signals.stop,
    workedMs,
    async finishedSteps() {
      const steps: Step[] = [];
      for (;;) {
        const page = await store.steps(job.id, { after: steps.length, limit: stepsPerPage });
        steps.push(...page);
        lastStep = steps.length;
        if (page.length < stepsPerPage) return steps;
      }
    },
    async report(standing, { partialResult, sizeBytes } = {}) {
      signals.stop.throwIfAborted();
      newest = standing;
      partial = partialResult ?? partial;
      if (sizeBytes !== undefined) likely = likelyDurations(history, sizeBytes);
      if (silentMs() < reportGapMs && standing.phase === written?.phase && sizeBytes === undefined) {
        void recordLater();
        return;
      }
      await record(standing, sizeBytes).catch((error: unknown) => {
        if (!isPassing(error)) throw error;
      });
    },
    async finishStep(step, standing, partialResult) {
      signals.stop.throwIfAborted();
      newest = standing;
      partial = partialResult;
      const now = silentMs() >= reportGapMs;
      const text = now ? takePartial() : undefined;
      if (now) {
        lastWriteMs = clock.monotonicMs();
        written = standing;
      } else void recordLater();
      const stored = append(step, standing, text).then((number) => (lastStep = number));
      await storing(text, stored);
    },
    addSpent: (spent) => store.addSpent(lease, spent),
    unstoredPartial: takePartial,
  };
}
