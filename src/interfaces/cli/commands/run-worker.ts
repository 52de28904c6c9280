import type { CliHost, GlobalOptions } from '../cli-host.ts';

/** The longest interval that timers know, about 25 days. */
const longMs = 2 ** 31 - 1;

/** `troupe worker`: works on the project's jobs until Ctrl-C, then hands back what is unfinished. */
export async function runWorker<Deps>(host: CliHost<Deps>, options: GlobalOptions): Promise<number> {
  const session = await host.openSession(options, 'service');
  try {
    const pool = await session.work();
    host.terminal.err(`Working on jobs of ${session.root}. Ctrl-C hands them back and ends.\n`);
    // Everything else in an idle worker lets the process end; this keeps it waiting for work.
    const alive = setInterval(() => undefined, longMs);
    await new Promise<void>((resolve) => {
      if (host.interrupted.aborted) resolve();
      host.interrupted.addEventListener('abort', () => resolve(), { once: true });
    });
    clearInterval(alive);
    await pool.stop();
    return 0;
  } finally {
    await session.close();
  }
}
