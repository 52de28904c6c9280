import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { AnalysisJob, ThreadMessage } from './messages.ts';

/** What happens in a lane. */
export interface LaneListeners {
  message(message: ThreadMessage): void;
  /** It ended by itself. */
  death(reason: string): void;
}

/** Where files are analysed beside the caller: a thread, or a process of its own. */
export interface Lane {
  send(job: AnalysisJob): void;
  /** Replaces who listens. */
  listen(listeners: LaneListeners): void;
  /** Ends it; nothing is heard any more. */
  end(): void;
  /** Whether it keeps this process alive. */
  hold(whether: boolean): void;
}

export interface LaneOptions {
  /** The module that runs in the lane; it answers an `AnalysisJob` with `ThreadMessage`s. */
  entry: URL;
  /** Memory of the lane's own heap, megabytes. */
  maxHeapMb: number;
}

/**
 * Room for objects of a moment, megabytes. By default it grows to some 50 a thread and is hardly given back; a file's work
 * leaves little behind, and a review of 1,000 files takes as long with 4 and 100 MB less.
 */
const maxYoungMb = 4;

const nobody: LaneListeners = { message: () => undefined, death: () => undefined };

/** A thread of this process: quick to start. What runs in native code in it cannot be stopped, only waited for. */
export function openThreadLane({ entry, maxHeapMb }: LaneOptions): Lane {
  // Without the process's own flags: some of them (`--input-type`, `--inspect`) are not for a second module.
  const worker = new Worker(entry, {
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: maxYoungMb, maxOldGenerationSizeMb: maxHeapMb },
  });
  let listeners = nobody;
  worker.on('message', (message: ThreadMessage) => listeners.message(message));
  let reason: string | undefined;
  worker.on('error', (error) => (reason = error instanceof Error ? error.message : String(error)));
  // An error overtakes what was sent before it; the exit does not.
  worker.on('exit', (code) => listeners.death(reason ?? `exit code ${code}`));
  return {
    send: (job) => worker.postMessage(job),
    listen: (given) => (listeners = given),
    end() {
      listeners = nobody;
      void worker.terminate();
    },
    hold: (whether) => (whether ? worker.ref() : worker.unref()),
  };
}

/**
 * A process of its own, which can be killed whatever it is doing: for rules that nobody has tried. It inherits no
 * environment, so no keys, and writes nothing.
 */
export function openProcessLane({ entry, maxHeapMb }: LaneOptions): Lane {
  const child = fork(fileURLToPath(entry), [], {
    execArgv: [`--max-old-space-size=${maxHeapMb}`],
    env: systemVariables(),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  // What runs in native code does not notice that its parent is gone.
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  let listeners = nobody;
  child.on('message', (message) => listeners.message(message as ThreadMessage));
  child.on('error', (error) => listeners.death(error.message));
  child.on('exit', (code, signal) => {
    process.off('exit', kill);
    const die = () => listeners.death(signal ?? `exit code ${code}`);
    // What it sent before may still be on the way.
    if (child.connected) child.once('disconnect', die);
    else die();
  });
  return {
    // A child that is gone says so by its exit, and one that could not be started, which has no channel, by its error.
    send(job) {
      if (child.connected) child.send(job, () => undefined);
    },
    listen: (given) => (listeners = given),
    end() {
      listeners = nobody;
      kill();
    },
    hold(whether) {
      if (whether) child.ref();
      else child.unref();
      if (whether) child.channel?.ref();
      else child.channel?.unref();
    },
  };
}

/** Windows cannot start a program without these. */
function systemVariables(): NodeJS.ProcessEnv {
  const names = ['SYSTEMROOT', 'WINDIR', 'TEMP', 'TMP'];
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => names.includes(name.toUpperCase())),
  );
}
