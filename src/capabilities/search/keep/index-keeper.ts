import type { Clock } from '../../../kernel/index.ts';
import { FolderWatch } from './folder-watch.ts';
import { takeKeeperLock, type KeeperLock } from './keeper-lock.ts';

export interface IndexKeeperOptions {
  /** Folder whose changes matter, absolute. */
  folder: string;
  lockFile: string;
  clock: Clock;
  rescanMs: number;
  /** Brings the index in step with the files; called by the keeper only. */
  reconcile: () => Promise<void>;
  /** Called regularly in every process, keeper or not. */
  check: () => Promise<void>;
  /** Told of a turn that failed; the next one comes all the same. */
  onProblem: (error: unknown) => void;
}

/** How long events are gathered before the files are looked through: an editor's save is several of them. */
const quietMs = 30;
/** How often a process that does not keep the index tries to. */
const takeOverMs = 1_000;
/** How often the files are looked through where the system cannot watch them. */
const unwatchedMs = 500;
/** The rest after a turn that failed; twice as long after the next, up to the regular look. */
const firstRestMs = 500;

/**
 * Keeps the index in step with the files in one process of all that run: the one with the lock. It looks through the files
 * after each event and at regular times, so that a lost event costs seconds, never correctness. The others wait to take over.
 */
export class IndexKeeper {
  readonly #options: IndexKeeperOptions;
  readonly #end = new AbortController();
  readonly #watch: FolderWatch;
  #wake = new AbortController();
  #isChanged = false;
  /** Turns that failed since one went well. */
  #failures = 0;
  #lock: KeeperLock | undefined;
  #running: Promise<void> | undefined;

  constructor(options: IndexKeeperOptions) {
    this.#options = options;
    this.#watch = new FolderWatch(options.folder, () => {
      this.#isChanged = true;
      this.#wake.abort();
    });
  }

  get isKeeper(): boolean {
    return this.#lock !== undefined;
  }

  /** Tries for the lock and, with it, brings the index in step once; then goes on in the background until closed. */
  async start(): Promise<void> {
    await this.#turn();
    this.#running = this.#run();
  }

  async close(): Promise<void> {
    this.#end.abort();
    this.#wake.abort();
    await this.#running;
    this.#watch.close();
    this.#lock?.release();
    this.#lock = undefined;
  }

  async #run(): Promise<void> {
    while (!this.#end.signal.aborted) {
      await this.#pause();
      if (this.#isChanged) await this.#sleep(quietMs);
      if (this.#end.signal.aborted) return;
      await this.#turn().catch((error: unknown) => this.#options.onProblem(error));
    }
  }

  #pauseMs(): number {
    if (!this.isKeeper) return takeOverMs;
    return this.#watch.isComplete ? this.#options.rescanMs : Math.min(unwatchedMs, this.#options.rescanMs);
  }

  async #turn(): Promise<void> {
    // First, so that what changes during the look counts for the next turn; a turn that fails is tried again anyway.
    this.#isChanged = false;
    this.#wake = new AbortController();
    try {
      this.#lock ??= await takeKeeperLock(this.#options.lockFile);
      await this.#options.check();
      if (this.isKeeper) await this.#look();
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      throw error;
    }
  }

  async #look(): Promise<void> {
    await this.#watch.sync();
    await this.#options.reconcile();
  }

  /** Ends early when all ends, or when something changed and the last turn went well. */
  async #pause(): Promise<void> {
    if (this.#failures > 0) {
      await this.#sleep(Math.min(firstRestMs * 2 ** (this.#failures - 1), this.#options.rescanMs));
    } else if (!this.#isChanged) {
      await this.#sleep(this.#pauseMs(), this.#wake.signal);
    }
  }

  async #sleep(ms: number, wake?: AbortSignal): Promise<void> {
    const signal = wake === undefined ? this.#end.signal : AbortSignal.any([wake, this.#end.signal]);
    await this.#options.clock.sleep(ms, { signal, unref: true }).catch(() => undefined);
  }
}
