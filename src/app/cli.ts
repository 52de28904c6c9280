import { interruptedExitCode, runCli, type CliSession, type GlobalOptions } from '../interfaces/cli/index.ts';
import { invocationNames } from '../capabilities/personas/index.ts';
import { categoryOf } from './error-categories.ts';
import { endingSignals } from './ending-signals.ts';
import { extraCommands } from './extra-commands.ts';
import { operations, type AppDeps } from './operations.ts';
import { logProblem, openProcessLog, type LogForm } from './process-log.ts';
import { openProjectContext, setupProblems, type ContextOptions } from './project-context.ts';
import type { Runtime } from './runtime.ts';
import { openTerminal } from './terminal.ts';
import { readVersion } from './version.ts';

/** The command line on this process's terminal. Resolves to the exit code. */
export async function runTroupe(argv: readonly string[]): Promise<number> {
  let isLeft = false;
  const terminal = openTerminal(() => (isLeft = true));
  const interruption = new AbortController();
  const onSignal = () => {
    if (interruption.signal.aborted) process.exit(130);
    interruption.abort(new Error('interrupted'));
  };
  for (const signal of endingSignals) process.on(signal, onSignal);
  const unheard = () => endingSignals.forEach((signal) => process.off(signal, onSignal));
  const contextOf = ({ project, settings }: GlobalOptions): ContextOptions => ({
    cwd: process.cwd(),
    project,
    env: process.env,
    flags: settings,
  });
  const exitCode = await runCli<AppDeps>(
    {
      version: readVersion(),
      operations,
      terminal,
      cwd: process.cwd(),
      env: process.env,
      categoryOf,
      interrupted: interruption.signal,
      openSession: (options, use) =>
        openSession(contextOf(options), {
          personIsPresent: terminal.inIsTerminal,
          form: formOf(options, use),
        }),
      async serveMcp(options) {
        unheard();
        const { runMcp } = await import('./mcp.ts');
        await runMcp(contextOf(options));
      },
      extraCommands: extraCommands(contextOf, terminal, interruption.signal),
    },
    argv,
  );
  unheard();
  return isLeft && exitCode === 0 ? interruptedExitCode : exitCode;
}

function formOf({ debug }: GlobalOptions, use: 'service' | undefined): LogForm {
  if (use === 'service') return 'log';
  return debug ? 'command-debug' : 'command';
}

async function openSession(
  options: ContextOptions,
  { personIsPresent, form }: { personIsPresent: boolean; form: LogForm },
): Promise<CliSession<AppDeps>> {
  const context = await openProjectContext(options);
  const log = openProcessLog(context, form);
  for (const problem of setupProblems(context)) log.warn(problem);
  let opening: Promise<Runtime> | undefined;
  const open = async () => {
    const { openRuntime } = await import('./runtime.ts');
    return openRuntime(context, {
      oneCommand: true,
      workersElsewhere: false,
      personIsPresent: () => personIsPresent,
      onError: (error) => logProblem(log, error),
      onNotice: (message) => log.warn(message),
    });
  };
  const runtime = () => (opening ??= open());
  return {
    root: context.root,
    personaNames: async () => invocationNames(await context.personas.list()),
    deps: async () => (await runtime()).deps,
    work: async (onlyJobId) => (await runtime()).startWorkers(onlyJobId),
    async close() {
      await (await opening?.catch(() => undefined))?.close();
      context.personas.close();
    },
  };
}
