import type { Runtime } from './runtime.ts';
import type { WorkThread } from './work-thread/open-work-thread.ts';

/** A project opened for a server, and what works on its jobs. */
export interface ServerParts {
  runtime: Runtime;
  /** `undefined` where other processes work on jobs. */
  thread: WorkThread | undefined;
}

/** The project as a server that lives for days works with it. */
export interface ServerRuntime {
  /**
   * What this call works with: opened at the first one; tried again by the next one after a failure. When the database's file
   * has been deleted or replaced, calls go on in the old one while jobs in it are unfinished, so that none is lost; then
   * the project is opened anew. Errors: those of opening.
   */
  current(): Promise<Runtime>;
  /** What calls worked with before the project was opened anew, the newest first. All its jobs have ended. */
  left(): readonly Runtime[];
  /** Ends the thread, which hands its jobs back, and closes everything. */
  close(): Promise<void>;
}

/** Opens nothing before the first call. `onNotice` hears, in a sentence, that the project was opened anew. */
export function openServerRuntime(
  open: () => Promise<ServerParts>,
  onNotice: (message: string) => void,
): ServerRuntime {
  let opening: Promise<ServerParts> | undefined;
  /** Calls that are under way may still use what was left, and later ones ask how its last jobs ended. */
  const left: Runtime[] = [];

  function openWith(start: () => Promise<ServerParts>): Promise<ServerParts> {
    const started = start();
    opening = started;
    // A database that was locked or full a moment ago is tried again at the next call.
    started.catch(() => {
      if (opening === started) opening = undefined;
    });
    return started;
  }

  async function current(): Promise<Runtime> {
    const asked = opening ?? openWith(open);
    const { runtime, thread } = await asked;
    thread?.wake();
    const lost = runtime.database.lostPlace();
    if (lost === undefined || (await hasUnfinished(runtime))) return runtime;
    if (opening === asked) {
      onNotice(`${lost.message} No job in it was unfinished; from here on the file at that place is used.`);
      left.unshift(runtime);
      void openWith(async () => {
        await thread?.stop();
        return open();
      });
    }
    return current();
  }

  return {
    current,
    left: () => left,
    async close() {
      const last = await opening?.catch(() => undefined);
      await last?.thread?.stop();
      for (const runtime of [...left, ...(last === undefined ? [] : [last.runtime])]) await runtime.close();
    },
  };
}

async function hasUnfinished({ deps: { jobs } }: Runtime): Promise<boolean> {
  const { byStatus } = await jobs.store.counts(jobs.project);
  return byStatus.pending + byStatus.running > 0;
}
