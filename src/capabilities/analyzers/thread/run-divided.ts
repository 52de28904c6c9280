import { availableParallelism } from 'node:os';
import type { AppliedRules, AppliedSets } from './messages.ts';
import type { AnalysisThread, ThreadRun } from './open-thread.ts';

/** From this many files on, the time a second thread saves is more than the time it takes to start. */
const minFilesForTwo = 60;

/**
 * Runs a job on the first thread, or divides many files between both when the machine has cores for them. Every second
 * file goes to the other thread, so that both get the same mix. `onReady` is called once, with the rules of all files;
 * `onFile` in whatever order files are done. Errors: those of the threads; the first ends both.
 */
export async function runDivided(
  [first, second]: readonly [AnalysisThread, AnalysisThread],
  run: ThreadRun,
): Promise<void> {
  const { files } = run.job;
  if (files.length < minFilesForTwo || availableParallelism() < 2) return first.run(run);
  const stop = new AbortController();
  const signal = run.signal === undefined ? stop.signal : AbortSignal.any([run.signal, stop.signal]);
  const ready: AppliedRules[] = [];
  const sets: AppliedSets[] = [];
  const halves = [first, second].map((thread, half) =>
    thread.run({
      ...run,
      job: { ...run.job, files: files.filter((_, at) => at % 2 === half) },
      signal,
      onReady(applied, ofSets) {
        ready.push(...applied);
        if (ofSets !== undefined) sets.push(ofSets);
      },
    }),
  );
  try {
    await Promise.all(halves);
  } catch (error) {
    stop.abort();
    await Promise.allSettled(halves);
    throw error;
  }
  const byPack = new Map(ready.map((applied) => [`${applied.trade}/${applied.family}`, applied]));
  run.onReady([...byPack.values()], sets.length === 0 ? undefined : merged(sets));
}

function merged(sets: readonly AppliedSets[]): AppliedSets {
  const unlike = <T>(items: T[]) => [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
  return {
    own: unlike(sets.flatMap(({ own }) => own)),
    problems: unlike(sets.flatMap(({ problems }) => problems)),
  };
}
