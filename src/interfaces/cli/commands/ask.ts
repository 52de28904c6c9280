import { readFile } from 'node:fs/promises';
import { invoke } from '../../../kernel/index.ts';
import type { ReviewReport, Severity } from '../../../capabilities/work/contract/index.ts';
import { parseInvocation } from '../../../capabilities/personas/index.ts';
import { cliCall, type CliHost, type CliSession, type GlobalOptions } from '../cli-host.ts';
import { cliErrors } from '../errors.ts';
import { exitCodes, findingsExitCode, interruptedExitCode } from '../exit-codes.ts';
import { renderReport } from '../render/render-report.ts';
import { paintFor } from '../terminal/paint.ts';
import { followJob } from './follow-job.ts';
import { operationNamed } from './run-operation.ts';

export interface AskOptions {
  /** File whose text goes along; `-` for standard input. */
  context?: string;
  priority?: string;
  detach?: boolean;
  /** Least severity that makes the command fail. */
  failOn?: string;
  all?: boolean;
}

const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** `troupe ask "@security review src"`: makes the job, works on it here, shows progress, prints the review. */
export async function ask<Deps>(
  host: CliHost<Deps>,
  words: readonly string[],
  given: AskOptions,
  options: GlobalOptions,
): Promise<number> {
  const failOn = severityOf(given.failOn);
  const session = await host.openSession(options);
  try {
    const { persona, task } = await addressee(session, words);
    const context = await contextOf(host, given);
    const started = (await invoke(
      operationNamed(host, 'personas.invoke'),
      {
        persona,
        task,
        ...(context === undefined ? {} : { context }),
        ...(given.priority === undefined ? {} : { priority: given.priority }),
      },
      { deps: await session.deps(), call: cliCall },
    )) as { job_id: string; message: string };
    if (given.detach === true) {
      host.terminal.out(options.json ? `${JSON.stringify(started, null, 2)}\n` : `${started.job_id}\n`);
      return 0;
    }
    await session.work(started.job_id);
    const interrupted = await followJob(host, session, started.job_id);
    const report = (await invoke(
      operationNamed(host, 'jobs.findings'),
      { job_id: started.job_id },
      {
        deps: await session.deps(),
        call: cliCall,
      },
    )) as ReviewReport;
    host.terminal.out(
      options.json
        ? `${JSON.stringify(report, null, 2)}\n`
        : renderReport(report, paintFor(host.terminal), given.all === true),
    );
    return interrupted ? interruptedExitCode : exitCodeOf(report, failOn);
  } finally {
    await session.close();
  }
}

/** `@security review src` or `security review src`, also as several words of the shell. */
async function addressee<Deps>(
  session: CliSession<Deps>,
  words: readonly string[],
): Promise<{ persona: string; task: string }> {
  const text = words.join(' ').trim();
  if (text === '') throw cliErrors.make('cli.nothing_asked', {});
  const names = await session.personaNames();
  const asked = parseInvocation(text, names);
  const persona = asked.persona ?? asked.unknown;
  if (persona !== undefined) return { persona, task: asked.task };
  const [first = '', ...rest] = text.split(/\s+/);
  if (names.includes(first)) return { persona: first, task: rest.join(' ') };
  throw cliErrors.make('cli.no_persona', { text, known: names.filter((name) => /^[a-z-]+$/.test(name)) });
}

async function contextOf<Deps>(host: CliHost<Deps>, { context }: AskOptions): Promise<string | undefined> {
  if (context === undefined || context === '-') {
    const { text, silent } = await host.terminal.readInput(context === '-');
    if (silent)
      host.terminal.err('Standard input is open and silent, so it is not read; --context - waits for it.\n');
    return text;
  }
  return readFile(context, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw cliErrors.make('cli.usage', {
      problem: `--context ${context} cannot be read (${error.code ?? error.message})`,
    });
  });
}

function severityOf(given: string | undefined): Severity | undefined {
  if (given === undefined) return undefined;
  const severity = severities.find((known) => known === given);
  if (severity === undefined) throw cliErrors.make('cli.bad_severity', { given });
  return severity;
}

function exitCodeOf(report: ReviewReport, failOn: Severity | undefined): number {
  if (report.status === 'cancelled') return exitCodes.unavailable;
  if (report.status === 'failed') return exitCodes.internal;
  if (failOn === undefined) return 0;
  const worst = severities.slice(0, severities.indexOf(failOn) + 1);
  return report.findings.some(({ severity, place_verified: placed }) => placed && worst.includes(severity))
    ? findingsExitCode
    : 0;
}
