import { watch, type FSWatcher } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Editors write, rename and delete in one go; the folder is looked at this long after the first event. */
const settleMs = 60;

/** A folder that comes and goes faster than this many looks is left to the next call. */
const maxAttempts = 10;

/**
 * Tells when something may have changed in a folder that need not exist: until it does, the nearest existing parent
 * is watched. Files are never watched themselves, so editors that replace a file are no special case.
 * Never keeps the process alive.
 */
export class ChangeWatcher {
  readonly #folder: string;
  readonly #onActivity: () => void;
  #watcher: FSWatcher | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(folder: string, onActivity: () => void) {
    this.#folder = folder;
    this.#onActivity = onActivity;
  }

  /**
   * Watches the folder, or its nearest existing parent, afresh: a folder made anew may look the same, down to its
   * inode, and the old watch is dead. Returns false when the system refuses (too many watches, a file system without
   * events): changes are then noticed at the next call only.
   */
  async arm(): Promise<boolean> {
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      const path = await nearestExisting(this.#folder);
      if (this.#closed) return true;
      const armed = this.#watchPath(path);
      const stillNearest = (await nearestExisting(this.#folder)) === path;
      if (stillNearest) return armed;
    }
    return false;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#watcher?.close();
  }

  #watchPath(path: string): boolean {
    const before = this.#watcher;
    try {
      const watcher = watch(path, { persistent: false }, () => this.#activity());
      // A watched folder that goes away ends in an error on some systems; the next arming finds its parent.
      watcher.on('error', () => this.#activity());
      this.#watcher = watcher;
      before?.close();
      return true;
    } catch {
      return false;
    }
  }

  #activity(): void {
    // Not put off by later events: a busy parent folder would put it off for ever.
    if (this.#closed || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#onActivity();
    }, settleMs).unref();
  }
}

async function nearestExisting(folder: string): Promise<string> {
  for (let path = folder; ; path = dirname(path)) {
    try {
      if ((await stat(path)).isDirectory()) return path;
    } catch {
      // Not there, or not for us: its parent tells when that changes.
    }
    if (path === dirname(path)) return path;
  }
}
