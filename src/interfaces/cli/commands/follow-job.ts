import { invoke } from '../../../kernel/index.ts';
import type { JobState } from '../../../capabilities/jobs/contract/index.ts';
import { cliCall, type CliHost, type CliSession } from '../cli-host.ts';
import { openProgressLine } from '../terminal/progress-line.ts';
import { operationNamed } from './run-operation.ts';

/** Longest wait of one check, seconds; the next one follows at once. */
const waitSeconds = 50;

/** What Ctrl-C does to the job: ends it, what it wrote so far being kept; or leaves it to whoever works on it. */
export type OnInterrupt = 'cancel' | 'leave';

/**
 * Shows a job's progress until it has ended, or Ctrl-C came. Resolves to whether that happened; rejects with the reason of
 * `broken` once that aborts.
 */
export async function followJob<Deps>(
  host: CliHost<Deps>,
  session: CliSession<Deps>,
  jobId: string,
  { onInterrupt, broken }: { onInterrupt: OnInterrupt; broken: AbortSignal },
): Promise<boolean> {
  const line = openProgressLine(host.terminal);
  const deps = await session.deps();
  const check = operationNamed(host, 'jobs.check');
  let interrupted = false;
  // Nothing new may happen for long, so the first state is shown as it is.
  let isFirst = true;
  for (;;) {
    // The first news ends the wait, so that the bar has all of the new state: phase, time left.
    const news = new AbortController();
    const state = (await invoke(
      check,
      { job_id: jobId, wait_seconds: isFirst ? 0 : waitSeconds },
      {
        deps,
        call: {
          ...cliCall,
          signal: AbortSignal.any([news.signal, broken, ...(interrupted ? [] : [host.interrupted])]),
          progress: () => news.abort(),
        },
      },
    )) as JobState;
    isFirst = false;
    if (state.status !== 'pending' && state.status !== 'running') break;
    if (broken.aborted) {
      line.clear();
      throw broken.reason as Error;
    }
    if (host.interrupted.aborted && !interrupted) {
      interrupted = true;
      if (onInterrupt === 'leave') break;
      await invoke(operationNamed(host, 'jobs.cancel'), { job_id: jobId }, { deps, call: cliCall });
      continue;
    }
    show(state);
  }
  line.clear();
  return interrupted;

  function show({ progress, message }: JobState): void {
    line.show({
      percent: progress?.percent_complete ?? 0,
      message: progress?.message ?? message ?? '',
      phase: progress?.phase ?? 'waiting',
      etaSeconds: progress?.eta_seconds,
    });
  }
}
