import type { Persona, PersonaProblem } from '../persona.ts';
import type { TrustStore } from '../trust/trust-store.ts';
import { ChangeWatcher } from './change-watcher.ts';
import { findPersona } from './find-persona.ts';
import type { LayerReader } from './folder-reader.ts';
import type { PersonaRegistry, SwitchedOff } from './persona-registry.ts';
import { takeSnapshot, type Snapshot } from './snapshot.ts';
import type { PersonaSwitches } from './switches.ts';

export interface FolderRegistryOptions {
  /** From the farthest layer to the nearest. */
  readers: readonly LayerReader[];
  trust: TrustStore;
  projectRoot: string | undefined;
  switches: PersonaSwitches;
}

/** The registry over folders of files. */
export class FolderRegistry implements PersonaRegistry {
  readonly #options: FolderRegistryOptions;
  readonly #listeners = new Set<() => void>();
  #watchers: ChangeWatcher[] = [];
  #unwatched: PersonaProblem[] = [];
  #latest: Snapshot | undefined;
  #running: Promise<Snapshot> | undefined;
  #next: Promise<Snapshot> | undefined;

  constructor(options: FolderRegistryOptions) {
    this.#options = options;
  }

  async list(): Promise<readonly Persona[]> {
    return (await this.#look()).on;
  }

  async problems(): Promise<readonly PersonaProblem[]> {
    return [...(await this.#look()).problems, ...this.#unwatched];
  }

  async switchedOff(): Promise<readonly SwitchedOff[]> {
    return (await this.#look()).off;
  }

  async find(name: string): Promise<Persona> {
    return findPersona(await this.#look(), name);
  }

  onChange(listener: () => void): () => void {
    const own = () => listener();
    this.#listeners.add(own);
    if (this.#watchers.length === 0) this.#watch();
    return () => {
      if (this.#listeners.delete(own) && this.#listeners.size === 0) this.#stopWatching();
    };
  }

  close(): void {
    this.#listeners.clear();
    this.#stopWatching();
  }

  /** Looks at the folders. A caller that comes while a look is under way gets one that began after its call. */
  #look(): Promise<Snapshot> {
    if (this.#next !== undefined) return this.#next;
    if (this.#running === undefined) return this.#start();
    const again = () => {
      this.#next = undefined;
      return this.#start();
    };
    this.#next = this.#running.then(again, again);
    return this.#next;
  }

  #start(): Promise<Snapshot> {
    const look = this.#lookNow().finally(() => {
      if (this.#running === look) this.#running = undefined;
    });
    this.#running = look;
    return look;
  }

  async #lookNow(): Promise<Snapshot> {
    const { readers, trust, projectRoot, switches } = this.#options;
    const readings = await Promise.all(readers.map((reader) => reader.read()));
    const layers = readings.map((reading, at) => ({ ...reading, layer: readers[at]!.layer.layer }));
    const asksTrust = layers.some(({ layer, documents }) => layer === 'project' && documents.length > 0);
    const record = asksTrust ? await trust.read() : undefined;
    const snapshot = takeSnapshot({ layers, record, projectRoot, switches });
    const changed = this.#latest !== undefined && this.#latest.fingerprint !== snapshot.fingerprint;
    this.#latest = snapshot;
    // A listener's own failure is its own: it must not fail the call that happened to notice the change.
    if (changed) for (const listener of this.#listeners) queueMicrotask(listener);
    return snapshot;
  }

  #watch(): void {
    const watched = this.#options.readers.filter(({ mayChange }) => mayChange);
    this.#watchers = watched.map(({ layer }) => new ChangeWatcher(layer.folder, () => void this.#rearm()));
    void this.#rearm();
  }

  /** Arms first and looks afterwards: what changes in between is seen by the look, what changes later by the watch. */
  async #rearm(): Promise<void> {
    const watchers = this.#watchers;
    const armed = await Promise.all(watchers.map((watcher) => watcher.arm()));
    if (watchers !== this.#watchers) return;
    const watched = this.#options.readers.filter(({ mayChange }) => mayChange);
    this.#unwatched = watched.flatMap(({ layer }, at) =>
      armed[at] === false ? [notWatched(layer.shownAs)] : [],
    );
    // A look that fails here fails again, aloud, for whoever asks next.
    await this.#look().catch(() => undefined);
  }

  #stopWatching(): void {
    for (const watcher of this.#watchers) watcher.close();
    this.#watchers = [];
  }
}

function notWatched(shownAs: string): PersonaProblem {
  const message = 'the system refuses to watch this folder; changes are noticed at the next call only';
  return { path: shownAs, line: undefined, severity: 'warning', message };
}
