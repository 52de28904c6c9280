import type { z } from 'zod';
import { invoke, type AnyOperation } from '../../../kernel/index.ts';
import type { proposeOutput } from '../../../capabilities/proposals/contract/index.ts';
import { cliCall, type CliHost, type GlobalOptions } from '../cli-host.ts';
import { exitCodes, refusedExitCode } from '../exit-codes.ts';
import { renderOutput } from '../render/render-output.ts';
import { visibleData } from '../render/visible.ts';
import { renderWaiting } from '../render/render-waiting.ts';
import { paintFor } from '../terminal/paint.ts';
import { openProgressLine } from '../terminal/progress-line.ts';

type Proposed = z.output<typeof proposeOutput>;

/** What one of several drafts was refused for shows in the exit code: a script must see that it does not wait. */
const proposing: ReadonlySet<string> = new Set(['proposals.propose', 'proposals.generate']);

/** Calls an operation and prints its output: as data with `--json`, else for people. */
export async function runOperation<Deps>(
  host: CliHost<Deps>,
  operation: AnyOperation<Deps>,
  input: unknown,
  options: GlobalOptions,
): Promise<number> {
  const session = await host.openSession(options);
  const progress = openProgressLine(host.terminal);
  try {
    const call = { ...cliCall, signal: host.interrupted, progress: progress.show };
    const output: unknown = await invoke(operation, input, { deps: await session.deps(), call });
    progress.clear();
    printOutput(host, operation.name, output, options);
    if (operation.name === 'jobs.retry') tellOfRetry(host, output as { new_job_id: string; message: string });
    // A check that found what must be fixed has done its work, and a script must see that.
    if ((output as { ok?: unknown }).ok === false) return exitCodes.invalid;
    return proposing.has(operation.name) ? refusedExitCode((output as Proposed).skipped) : 0;
  } finally {
    progress.clear();
    await session.close();
  }
}

/** Prints what an operation gave. */
export function printOutput<Deps>(
  { terminal }: CliHost<Deps>,
  operation: string,
  output: unknown,
  { json }: GlobalOptions,
): void {
  terminal.out(
    json
      ? `${JSON.stringify(output, null, 2)}\n`
      : `${renderOutput(operation, visibleData(output), paintFor(terminal))}\n`,
  );
}

function tellOfRetry<Deps>(
  { terminal }: CliHost<Deps>,
  { new_job_id: jobId, message }: { new_job_id: string; message: string },
): void {
  terminal.err(`${message}\n${renderWaiting(jobId)}\n`);
}

/** The operation of this name; doors offer what the list has and nothing else. */
export function operationNamed<Deps>(host: CliHost<Deps>, name: string): AnyOperation<Deps> {
  const operation = host.operations.find((candidate) => candidate.name === name);
  if (operation === undefined) throw new Error(`the operation ${name} is not in the list`);
  return operation;
}
