import { parentPort, workerData } from 'node:worker_threads';
import { logProblem, openProcessLog } from '../process-log.ts';
import { openProjectContext } from '../project-context.ts';
import { openRuntime } from '../runtime.ts';
import type { FromThread, ThreadProject, ToThread } from './messages.ts';
import { relayEvents } from './relay-events.ts';

// The entry of the thread that works on jobs beside a server: workers with a database connection of their own. What
// the jobs load and compute keeps no call waiting.
const port = parentPort!;
const context = await openProjectContext(workerData as ThreadProject);
const log = openProcessLog(context, 'log').child({ process: 'mcp', thread: 'work' });
const runtime = await openRuntime(context, {
  oneCommand: false,
  workersElsewhere: false,
  personIsPresent: () => false,
  onError: (error) => logProblem(log, error),
  // The server opened the project before, and has said it.
  onNotice: () => undefined,
});
const relay = relayEvents(runtime.deps.jobs.bus, (event) =>
  port.postMessage({ type: 'event', event } satisfies FromThread),
);
port.on('message', (message: ToThread) => {
  if (message.type === 'event') relay.hear(message.event);
  else void stop();
});
runtime.startWorkers();

/** Hands the leases back; the thread ends with its port. */
async function stop(): Promise<void> {
  relay.end();
  await runtime.close();
  process.exit(0);
}
