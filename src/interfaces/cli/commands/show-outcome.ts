import { invoke } from '../../../kernel/index.ts';
import type { ReviewReport, Severity } from '../../../capabilities/work/contract/index.ts';
import { cliCall, type CliHost, type CliSession, type GlobalOptions } from '../cli-host.ts';
import { exitCodes, findingsExitCode, interruptedExitCode } from '../exit-codes.ts';
import { renderReport } from '../render/render-report.ts';
import { renderNothingJudged, renderUnstored, renderWaiting } from '../render/render-waiting.ts';
import { visibleData } from '../render/visible.ts';
import { paintFor } from '../terminal/paint.ts';
import { followJob, type OnInterrupt } from './follow-job.ts';
import { operationNamed } from './run-operation.ts';

/** From the worst. */
export const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/**
 * Works on a job here unless somebody else does, follows it to its end, and prints the review, or what there is of one.
 * Resolves to the exit code.
 */
export async function workAndShow<Deps>(
  host: CliHost<Deps>,
  session: CliSession<Deps>,
  jobId: string,
  options: GlobalOptions & {
    onInterrupt: OnInterrupt;
    all?: boolean | undefined;
    failOn?: Severity | undefined;
  },
): Promise<number> {
  const worker = await session.work(jobId);
  const { broken } = worker;
  const { onInterrupt } = options;
  const interrupted = await followJob(host, session, jobId, { onInterrupt, broken }).catch(
    (error: unknown) => {
      if (broken.aborted) host.terminal.err(`${renderUnstored(jobId)}\n`);
      throw error;
    },
  );
  if (interrupted && onInterrupt === 'leave') {
    const worksHere = worker.running > 0;
    await worker.stop();
    const shortId = jobId.slice(-4);
    host.terminal.err(
      worksHere
        ? `Handed back. ${renderWaiting(jobId)}\n`
        : `No longer watched; the job is left as it is. \`troupe jobs cancel ${shortId}\` would end it.\n`,
    );
    if (!options.json) return interruptedExitCode;
  }
  const report = (await invoke(
    operationNamed(host, 'jobs.findings'),
    { job_id: jobId },
    { deps: await session.deps(), call: cliCall },
  )) as ReviewReport;
  host.terminal.out(
    options.json
      ? `${JSON.stringify(report, null, 2)}\n`
      : renderReport(visibleData(report), paintFor(host.terminal), options.all === true),
  );
  return interrupted ? interruptedExitCode : exitCodeOf(host, report, options.failOn);
}

async function exitCodeOf<Deps>(
  host: CliHost<Deps>,
  { status, error, findings, judged, summary }: ReviewReport,
  failOn: Severity | undefined,
): Promise<number> {
  if (status === 'cancelled') return interruptedExitCode;
  if (status === 'failed') {
    const category = error === null ? undefined : await host.categoryOf(error.code);
    return exitCodes[category ?? 'internal'];
  }
  if (failOn === undefined) return 0;
  const worst = severities.slice(0, severities.indexOf(failOn) + 1);
  const fails = findings.some(({ severity, place_verified: placed }) => placed && worst.includes(severity));
  if (fails) return findingsExitCode;
  if (!judged) {
    host.terminal.err(`${renderNothingJudged(failOn, summary)}\n`);
    return exitCodes.conflict;
  }
  return 0;
}
