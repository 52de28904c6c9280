import { watch, type FSWatcher, type Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** Deepest folder that is watched below the one that was asked for. */
const deepest = 4;
/** More are not watched one by one; the regular look through the files finds their changes. */
const maxFolders = 500;

interface Watched {
  /** Differs for a folder that was made anew in the same place. */
  identity: string;
  watcher: FSWatcher;
}

/**
 * Tells of changes in a folder and those below, also when it does not exist yet: then the nearest folder above it is watched
 * for its coming. It only tells that something may have changed, never what: events of editors, of git and of each system
 * differ, and some get lost. One watcher for each folder, since those for whole trees miss new folders on Linux.
 */
export class FolderWatch {
  readonly #folder: string;
  readonly #onChange: () => void;
  readonly #watched = new Map<string, Watched>();
  #isClosed = false;

  constructor(folder: string, onChange: () => void) {
    this.#folder = folder;
    this.#onChange = onChange;
  }

  /** Whether all there is to watch is watched; otherwise only looking helps. */
  isComplete = true;

  /** Watches the folders that are there now, and no others. To be called before every look through the files. */
  async sync(): Promise<void> {
    // What came into a folder after it was looked at and before it was watched, nobody tells of: it is looked at again.
    for (let look = 0; look <= deepest; look += 1) {
      const present = await this.#present();
      if (this.#isClosed || !this.#follow(present)) return;
    }
    this.#onChange();
  }

  /** Whether any of these folders is watched only from now on. */
  #follow(present: ReadonlyMap<string, string>): boolean {
    for (const [folder, { identity, watcher }] of this.#watched) {
      if (present.get(folder) === identity) continue;
      watcher.close();
      this.#watched.delete(folder);
    }
    this.isComplete = present.size <= maxFolders;
    let isAnyNew = false;
    for (const [folder, identity] of [...present].slice(0, maxFolders)) {
      if (!this.#watched.has(folder) && this.#watch(folder, identity)) isAnyNew = true;
    }
    return isAnyNew;
  }

  close(): void {
    this.#isClosed = true;
    for (const { watcher } of this.#watched.values()) watcher.close();
    this.#watched.clear();
  }

  /** Whether it could be done. */
  #watch(folder: string, identity: string): boolean {
    const awaited = this.#isAbove(folder)
      ? path.relative(folder, this.#folder).split(path.sep)[0]
      : undefined;
    try {
      const drop = () => {
        watcher.close();
        if (this.#watched.get(folder)?.watcher === watcher) this.#watched.delete(folder);
      };
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        // The folder itself has gone. One made in its place at once may look the same, and would not be watched.
        const isGone = name === path.basename(folder);
        if (isGone) drop();
        if (isGone || awaited === undefined || name === null || name === awaited) this.#onChange();
      });
      // The folder is gone, or the system has no watches left: the next sync sees.
      watcher.on('error', () => {
        drop();
        this.#onChange();
      });
      this.#watched.set(folder, { identity, watcher });
      return true;
    } catch {
      this.isComplete = false;
      return false;
    }
  }

  #isAbove(folder: string): boolean {
    return folder !== this.#folder && !folder.startsWith(this.#folder + path.sep);
  }

  /** The folders to watch with their identities: all below, or the nearest one above. */
  async #present(): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    await addTree(this.#folder, deepest, found);
    let above = this.#folder;
    while (found.size === 0 && path.dirname(above) !== above) {
      above = path.dirname(above);
      const facts = await stat(above).catch(() => undefined);
      if (facts?.isDirectory() === true) found.set(above, identityOf(facts));
    }
    return found;
  }
}

/** Numbers of folders are used again, so the time of birth belongs to it. */
const identityOf = ({ ino, birthtimeMs }: Stats) => `${ino}:${birthtimeMs}`;

async function addTree(folder: string, depth: number, found: Map<string, string>): Promise<void> {
  const facts = await stat(folder).catch(() => undefined);
  if (facts?.isDirectory() !== true || found.size > maxFolders) return;
  found.set(folder, identityOf(facts));
  if (depth === 0) return;
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (entry.isDirectory() && !entry.name.startsWith('.')) {
      await addTree(path.join(folder, entry.name), depth - 1, found);
    }
  }
}
