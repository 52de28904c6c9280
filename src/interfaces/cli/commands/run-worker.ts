import type { CliHost, GlobalOptions } from '../cli-host.ts';

/** The longest interval that timers know, about 25 days. */
const longMs = 2 ** 31 - 1;

/**
 * `troupe worker`: works on the project's jobs until Ctrl-C, then hands back what is unfinished. Errors: also
 * `database.replaced`, once no job is left in a file that has been deleted or replaced.
 */
export async function runWorker<Deps>(host: CliHost<Deps>, options: GlobalOptions): Promise<number> {
  const session = await host.openSession(options, 'service');
  try {
    const pool = await session.work();
    host.terminal.err(`Working on jobs of ${session.root}. Ctrl-C hands them back and ends.\n`);
    // Everything else in an idle worker lets the process end; this keeps it waiting for work.
    const alive = setInterval(() => undefined, longMs);
    const ended = AbortSignal.any([host.interrupted, pool.broken]);
    await new Promise<void>((resolve) => {
      if (ended.aborted) resolve();
      ended.addEventListener('abort', () => resolve(), { once: true });
    });
    clearInterval(alive);
    await pool.stop();
    if (pool.broken.aborted) throw pool.broken.reason as Error;
    return 0;
  } finally {
    await session.close();
  }
}
