import { availableParallelism } from 'node:os';
import type { AppliedRules, AppliedSets, FileResult } from './messages.ts';
import type { AnalysisThread, ThreadRun } from './open-thread.ts';

/** From this many files on, the time a second thread saves is more than the time it takes to start. */
const minFilesForTwo = 60;

/** What became of a job. */
export interface JobResult {
  /** In the order of the job's files, whichever was done first. */
  results: FileResult[];
  /** The rules of all files, also of those that a thread had done before it was replaced. */
  applied: AppliedRules[];
  /** Only for a job with sets. */
  sets?: AppliedSets;
}

/**
 * Runs a job on the first thread, or divides many files between both when the machine has cores for them. Every second
 * file goes to the other thread, so that both get the same mix. `onFile` hears of the files as they are done. The same
 * job has the same result, however fast each thread is. Errors: those of the threads; the first ends both.
 */
export async function runDivided(
  threads: readonly [AnalysisThread, AnalysisThread],
  run: Omit<ThreadRun, 'onReady'>,
): Promise<JobResult> {
  const { files } = run.job;
  const isDivided = files.length >= minFilesForTwo && availableParallelism() >= 2;
  const shares = isDivided ? [0, 1].map((half) => files.filter((_, at) => at % 2 === half)) : [files];
  const stop = new AbortController();
  const signal = run.signal === undefined ? stop.signal : AbortSignal.any([run.signal, stop.signal]);
  const results: FileResult[] = [];
  const ready = shares.map(() => ({ applied: [] as AppliedRules[], sets: [] as AppliedSets[] }));
  const running = shares.map((share, at) =>
    threads[at]!.run({
      ...run,
      job: { ...run.job, files: share },
      signal,
      onReady(applied, sets) {
        ready[at]!.applied.push(...applied);
        if (sets !== undefined) ready[at]!.sets.push(sets);
      },
      onFile(result) {
        results.push(result);
        run.onFile(result);
      },
    }),
  );
  try {
    await Promise.all(running);
  } catch (error) {
    stop.abort();
    await Promise.allSettled(running);
    throw error;
  }
  const places = new Map(files.map((file, at) => [file, at]));
  results.sort((a, b) => places.get(a.file)! - places.get(b.file)!);
  const byPack = new Map(
    ready.flatMap(({ applied }) => applied.map((one) => [`${one.trade}/${one.family}`, one] as const)),
  );
  const sets = ready.flatMap((one) => one.sets);
  return { results, applied: [...byPack.values()], ...(sets.length === 0 ? {} : { sets: merged(sets) }) };
}

function merged(sets: readonly AppliedSets[]): AppliedSets {
  const unlike = <T>(items: T[]) => [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
  return {
    own: unlike(sets.flatMap(({ own }) => own)),
    problems: unlike(sets.flatMap(({ problems }) => problems)),
  };
}
