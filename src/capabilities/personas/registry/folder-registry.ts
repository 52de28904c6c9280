import { comparable, nearestNames } from '../invocation/nearest-names.ts';
import { personaErrors } from '../errors.ts';
import type { Persona, PersonaDocument, PersonaProblem } from '../persona.ts';
import type { TrustRecord, TrustStore } from '../trust/trust-store.ts';
import { ChangeWatcher } from './change-watcher.ts';
import type { LayerReader } from './folder-reader.ts';
import { findableNames, mergeLayers } from './merge-layers.ts';
import type { PersonaRegistry, SwitchedOff } from './persona-registry.ts';
import { switchedOffBy, type PersonaSwitches } from './switches.ts';

interface Snapshot {
  on: readonly Persona[];
  off: readonly SwitchedOff[];
  problems: readonly PersonaProblem[];
  byName: ReadonlyMap<string, Persona>;
  /** Equal for two looks at the folders that found the same. */
  fingerprint: string;
}

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
    const { on, off, problems, byName } = await this.#look();
    const asked = name.trim().replace(/^@/, '');
    const wanted = comparable(asked);
    const persona = byName.get(wanted);
    if (persona !== undefined) {
      const setting = off.find((one) => one.persona === persona)?.setting;
      if (setting === undefined) return persona;
      throw personaErrors.make('personas.switched_off', { name: persona.name, setting });
    }
    const broken = problems.find(
      ({ path, severity }) => severity === 'error' && path.endsWith(`/${wanted}.md`),
    );
    if (broken !== undefined) {
      const { path, line, message: reason } = broken;
      throw personaErrors.make('personas.not_loaded', { name: wanted, path, line, reason });
    }
    const names = on.map((one) => one.name);
    const nearest = nearestNames(asked, [...names, ...on.map((one) => one.displayName)]);
    throw personaErrors.make('personas.unknown', {
      name: asked.slice(0, 100),
      nearest: [...new Set(nearest.map((near) => byName.get(comparable(near))?.name ?? near))],
      core: on.filter(({ priority }) => priority === 'core').map((one) => one.name),
      specialists: on.filter(({ priority }) => priority === 'specialist').map((one) => one.name),
    });
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
    const needsTrust = readers.some(
      ({ layer }, at) => layer.layer === 'project' && readings[at]!.documents.length > 0,
    );
    const record = needsTrust ? await trust.read() : undefined;
    const merged = mergeLayers(
      readings.map((reading, at) => {
        const { layer } = readers[at]!.layer;
        const isTrusted = (document: PersonaDocument) =>
          layer !== 'project' || isTrustedIn(record, projectRoot, document);
        return { ...reading, layer, isTrusted };
      }),
    );
    const problems = record?.problem === undefined ? merged.problems : [...merged.problems, record.problem];
    const off = merged.personas.flatMap((persona) => {
      const setting = switchedOffBy(persona, switches);
      return setting === undefined ? [] : [{ persona, setting }];
    });
    const on = merged.personas.filter((persona) => !off.some((one) => one.persona === persona));
    const state = merged.personas.map(({ name, layer, contentHash, trusted }) => [
      name,
      layer,
      contentHash,
      trusted,
    ]);
    const fingerprint = JSON.stringify([state, problems]);
    const snapshot = { on, off, problems, byName: findableNames(merged.personas), fingerprint };
    const changed = this.#latest !== undefined && this.#latest.fingerprint !== fingerprint;
    this.#latest = snapshot;
    // A listener's own failure is its own: it must not fail the call that happened to notice the change.
    if (changed) for (const listener of this.#listeners) queueMicrotask(listener);
    return snapshot;
  }

  #watch(): void {
    const watched = this.#options.readers.filter(({ mayChange }) => mayChange);
    this.#watchers = watched.map(({ layer }) => new ChangeWatcher(layer.folder, () => this.#rearm()));
    this.#rearm();
  }

  /** Arms first and looks afterwards: what changes in between is seen by the look, what changes later by the watch. */
  #rearm(): void {
    const watchers = this.#watchers;
    void Promise.all(watchers.map((watcher) => watcher.arm())).then(async (armed) => {
      if (watchers !== this.#watchers) return;
      const readers = this.#options.readers.filter(({ mayChange }) => mayChange);
      this.#unwatched = readers.flatMap(({ layer }, at) =>
        armed[at] === false ? [notWatched(layer.shownAs)] : [],
      );
      await this.#look();
    });
  }

  #stopWatching(): void {
    for (const watcher of this.#watchers) watcher.close();
    this.#watchers = [];
  }
}

function isTrustedIn(
  record: TrustRecord | undefined,
  projectRoot: string | undefined,
  { name, contentHash }: PersonaDocument,
): boolean {
  if (record === undefined || projectRoot === undefined) return false;
  return record.isTrusted({ projectRoot, persona: name, contentHash });
}

function notWatched(shownAs: string): PersonaProblem {
  const message = 'the system refuses to watch this folder; changes are noticed at the next call only';
  return { path: shownAs, line: undefined, severity: 'warning', message };
}
