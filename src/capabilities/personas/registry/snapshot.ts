import type { Layer, Persona, PersonaDocument, PersonaProblem } from '../persona.ts';
import type { TrustRecord } from '../trust/trust-store.ts';
import type { FolderReading } from './folder-reader.ts';
import { findableNames, mergeLayers } from './merge-layers.ts';
import type { SwitchedOff } from './persona-registry.ts';
import { switchedOffBy, unknownSwitches, type PersonaSwitches } from './switches.ts';

/** The personas as the files were at one moment. */
export interface Snapshot {
  /** What can be asked, in the order of `PersonaRegistry.list`. */
  on: readonly Persona[];
  off: readonly SwitchedOff[];
  problems: readonly PersonaProblem[];
  /** By comparable name and title, switched-off ones included. */
  byName: ReadonlyMap<string, Persona>;
  /** Equal for two moments that show the same. */
  fingerprint: string;
}

export interface SnapshotParts {
  /** From the farthest layer to the nearest. */
  layers: readonly (FolderReading & { layer: Layer })[];
  /** `undefined` when no project persona asks for trust. */
  record: TrustRecord | undefined;
  projectRoot: string | undefined;
  switches: PersonaSwitches;
}

/** Puts what was read together: layers, then trust, then switches. */
export function takeSnapshot({ layers, record, projectRoot, switches }: SnapshotParts): Snapshot {
  const isTrusted = ({ name, contentHash }: PersonaDocument) =>
    projectRoot !== undefined && record?.isTrusted({ projectRoot, persona: name, contentHash }) === true;
  const merged = mergeLayers(
    layers.map((reading) => ({
      ...reading,
      isTrusted: (document: PersonaDocument) => reading.layer !== 'project' || isTrusted(document),
    })),
  );
  const problems = [...merged.problems, ...unknownSwitches(merged.personas, switches)];
  if (record?.problem !== undefined) problems.push(record.problem);
  const off = merged.personas.flatMap((persona) => {
    const setting = switchedOffBy(persona, switches);
    return setting === undefined ? [] : [{ persona, setting }];
  });
  const state = merged.personas.map(({ name, layer, contentHash, trusted }) => [
    name,
    layer,
    contentHash,
    trusted,
  ]);
  return {
    on: merged.personas.filter((persona) => !off.some((one) => one.persona === persona)),
    off,
    problems,
    byName: findableNames(merged.personas),
    fingerprint: JSON.stringify([state, problems]),
  };
}
