import { invoke } from '../../../kernel/index.ts';
import type { JobState } from '../../../capabilities/jobs/contract/index.ts';
import { cliCall, type CliHost, type CliSession } from '../cli-host.ts';
import { openProgressLine } from '../terminal/progress-line.ts';
import { operationNamed } from './run-operation.ts';

/** Longest wait of one check, seconds; the next one follows at once. */
const waitSeconds = 50;

/**
 * Shows a job's progress until it has ended. Ctrl-C cancels the job, and what it wrote so far is kept. Resolves to
 * whether that happened.
 */
export async function followJob<Deps>(
  host: CliHost<Deps>,
  session: CliSession<Deps>,
  jobId: string,
): Promise<boolean> {
  const line = openProgressLine(host.terminal);
  const deps = await session.deps();
  const check = operationNamed(host, 'jobs.check');
  let phase: string | undefined;
  let interrupted = false;
  for (;;) {
    const state = (await invoke(
      check,
      { job_id: jobId, wait_seconds: waitSeconds },
      {
        deps,
        call: {
          ...cliCall,
          ...(interrupted ? {} : { signal: host.interrupted }),
          progress: ({ percent, message }) => line.show({ percent, message, phase }),
        },
      },
    )) as JobState;
    if (state.status !== 'pending' && state.status !== 'running') break;
    if (host.interrupted.aborted && !interrupted) {
      interrupted = true;
      await invoke(operationNamed(host, 'jobs.cancel'), { job_id: jobId }, { deps, call: cliCall });
      continue;
    }
    show(state);
  }
  line.clear();
  return interrupted;

  function show({ progress, message }: JobState): void {
    phase = progress?.phase;
    line.show({
      percent: progress?.percent_complete ?? 0,
      message: progress?.message ?? message ?? '',
      phase: phase ?? 'waiting',
      etaSeconds: progress?.eta_seconds,
    });
  }
}
