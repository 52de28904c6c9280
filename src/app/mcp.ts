import { serveMcp, type PersonaSource } from '../interfaces/mcp/index.ts';
import type { PersonaRegistry } from '../capabilities/personas/index.ts';
import { toolDescriptionOf } from '../capabilities/personas/index.ts';
import { endingSignals } from './ending-signals.ts';
import { findingLeftJobs } from './jobs-left-behind.ts';
import { operations } from './operations.ts';
import { logProblem, openProcessLog } from './process-log.ts';
import { openProjectContext, setupProblems, type ContextOptions } from './project-context.ts';
import type { Runtime } from './runtime.ts';
import { openServerRuntime, type ServerParts } from './server-runtime.ts';
import { standardSource } from './standard-source.ts';
import { readVersion } from './version.ts';
import type { WorkThread } from './work-thread/open-work-thread.ts';

/** What the thread beside the server may take to end, beyond handing its jobs back, milliseconds. */
const stopMarginMs = 3_000;

/**
 * The MCP server of one IDE window. Nothing is opened, and no worker started, before the first call that needs it;
 * then a thread beside it works on jobs, so that none keeps a call waiting, also on those that a closed window left. Ends when the client closes standard input, after handing
 * its leases back.
 */
export async function runMcp(options: ContextOptions): Promise<void> {
  const context = await openProjectContext(options);
  const log = openProcessLog(context, 'log').child({ process: 'mcp' });
  const onProblem = (error: unknown) => logProblem(log, error);
  for (const problem of setupProblems(context)) log.warn(problem);
  const server = openServerRuntime(openAndWork, (message) => log.warn(message));

  async function openAndWork(): Promise<ServerParts> {
    const { openRuntime } = await import('./runtime.ts');
    const works = context.settings.values.jobs.workers > 0;
    const runtime = await openRuntime(context, {
      oneCommand: false,
      // In the thread beside this one, or with no workers set in other processes.
      workersElsewhere: true,
      personIsPresent: () => false,
      onError: onProblem,
      onNotice: (message) => log.warn(message),
    });
    try {
      return { runtime, thread: works ? await openThread(runtime) : undefined };
    } catch (error) {
      await runtime.close();
      throw error;
    }
  }

  async function openThread(runtime: Runtime): Promise<WorkThread> {
    const { openWorkThread } = await import('./work-thread/open-work-thread.ts');
    const { cwd, project, env, flags } = options;
    return openWorkThread({
      project: { cwd, project, env: { ...env }, flags },
      bus: runtime.deps.jobs.bus,
      clock: context.clock,
      stopWithinMs: context.settings.values.jobs.shutdownMs + stopMarginMs,
      onError: onProblem,
      onNotice: (message) => log.warn(message),
    });
  }

  const { mcp, personas } = context.settings.values;
  const door = serveMcp({
    version: readVersion(),
    operations: operations.map((operation) =>
      findingLeftJobs(operation, () => server.left().map(({ deps }) => deps)),
    ),
    personas: personaSource(context.personas),
    standards: standardSource(context),
    profile: mcp.profile,
    personaTools: personas.enabled,
    openDeps: async () => (await server.current()).deps,
    elicitation: async () => (await server.current()).elicitation,
    onProblem,
  });
  const end = () => void door.close();
  for (const signal of endingSignals) process.once(signal, end);
  await door.closed;
  await server.close();
  process.exit(0);
}

function personaSource(registry: PersonaRegistry): PersonaSource {
  return {
    list: async () =>
      (await registry.list()).map((persona) => ({
        name: persona.name,
        displayName: persona.displayName,
        description: toolDescriptionOf(persona),
        priority: persona.priority,
      })),
    onChange: (listener) => registry.onChange(listener),
  };
}
