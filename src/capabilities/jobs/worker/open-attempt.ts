import type { Clock } from '../../../kernel/index.ts';
import type { Job, Step } from '../store/job.ts';
import type { JobStore } from '../store/job-store.ts';
import type { Attempt, Standing } from './attempt.ts';
import { etaMs, expectedDurationMs } from './eta.ts';

/** Least time between two progress records of the same phase, milliseconds. */
const reportGapMs = 1_000;

/** How many finished jobs an estimate is drawn from. */
const historyLength = 50;

const stepsPerPage = 200;

/**
 * What the one who does the work holds in hands. Progress is recorded when it is told, at most once a second, and
 * again after `reportEveryMs` of silence, with a fresh estimate, until `ended` aborts.
 */
export async function openAttempt(
  job: Job,
  signals: { stop: AbortSignal; ended: AbortSignal },
  deps: { store: JobStore; clock: Clock; settings: { reportEveryMs: number } },
): Promise<Attempt> {
  const { store, clock, settings } = deps;
  const lease = { jobId: job.id, attempt: job.attempt };
  const history = await store.finished(job.project, job.persona, historyLength);
  let expectedMs = expectedDurationMs(history, job.sizeBytes);
  let best = job.progress.percent;
  let lastWrite = Number.NEGATIVE_INFINITY;
  let last: Standing | undefined;

  const silentMs = () => clock.monotonicMs() - lastWrite;
  const written = (standing: Standing) => {
    lastWrite = clock.monotonicMs();
    last = standing;
  };
  const progressOf = ({ phase, percent, message }: Standing) => {
    best = Math.max(best, Math.min(100, Math.round(percent)));
    return { phase, percent: best, message, etaMs: etaMs(expectedMs, clock.now() - job.startedAt!, best) };
  };

  async function breakSilence(): Promise<void> {
    while (!signals.ended.aborted) {
      if (last !== undefined && silentMs() >= settings.reportEveryMs) {
        written(last);
        // A lost lease or a busy database is noticed where it matters: at the next step.
        await store.recordProgress(lease, progressOf(last), clock.now()).catch(() => undefined);
      }
      await clock
        .sleep(settings.reportEveryMs, { signal: signals.ended, unref: true })
        .catch(() => undefined);
    }
  }
  void breakSilence();

  return {
    job,
    signal: signals.stop,
    async finishedSteps() {
      const steps: Step[] = [];
      for (;;) {
        const page = await store.steps(job.id, { after: steps.length, limit: stepsPerPage });
        steps.push(...page);
        if (page.length < stepsPerPage) return steps;
      }
    },
    async report(standing, { partialResult, sizeBytes } = {}) {
      signals.stop.throwIfAborted();
      if (sizeBytes !== undefined) expectedMs = expectedDurationMs(history, sizeBytes);
      if (silentMs() < reportGapMs && standing.phase === last?.phase && sizeBytes === undefined) return;
      written(standing);
      const more = { partialResult: partialResult?.(), sizeBytes };
      await store.recordProgress(lease, progressOf(standing), clock.now(), more);
    },
    async finishStep(step, standing, partialResult) {
      signals.stop.throwIfAborted();
      const partial = silentMs() >= reportGapMs ? partialResult() : undefined;
      if (partial !== undefined) written(standing);
      await store.appendStep(lease, step, progressOf(standing), clock.now(), partial);
    },
  };
}
