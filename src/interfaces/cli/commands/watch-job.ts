import { invoke } from '../../../kernel/index.ts';
import type { JobState } from '../../../capabilities/jobs/contract/index.ts';
import { cliCall, type CliHost, type GlobalOptions } from '../cli-host.ts';
import { operationNamed } from './run-operation.ts';
import { workAndShow } from './show-outcome.ts';

/**
 * `troupe jobs watch`: progress until the job ends, then the review. Works on it here when nobody else does; Ctrl-C
 * ends that and leaves the job, to whoever works on it or to the next who does.
 */
export async function watchJob<Deps>(
  host: CliHost<Deps>,
  idOrEnding: string,
  options: GlobalOptions,
): Promise<number> {
  const session = await host.openSession(options);
  try {
    const deps = await session.deps();
    const check = operationNamed(host, 'jobs.check');
    const { job_id: jobId } = (await invoke(
      check,
      { job_id: idOrEnding },
      { deps, call: cliCall },
    )) as JobState;
    return await workAndShow(host, session, jobId, { ...options, onInterrupt: 'leave' });
  } finally {
    await session.close();
  }
}
