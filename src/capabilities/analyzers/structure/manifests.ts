import type { Evidence } from '../evidence.ts';
import type { Manifest } from './manifest.ts';
import { goModEvidence, pomEvidence } from './manifests-go-java.ts';
import { packageJsonEvidence } from './package-json.ts';
import { pyprojectEvidence, requirementsEvidence } from './python-manifests.ts';

const readers: readonly { name: RegExp; read: (manifest: Manifest) => Evidence[] | Promise<Evidence[]> }[] = [
  { name: /(?:^|\/)package\.json$/, read: packageJsonEvidence },
  { name: /(?:^|\/)requirements[\w.-]*\.txt$/, read: requirementsEvidence },
  { name: /(?:^|\/)pyproject\.toml$/, read: pyprojectEvidence },
  { name: /(?:^|\/)go\.mod$/, read: goModEvidence },
  { name: /(?:^|\/)pom\.xml$/, read: pomEvidence },
];

export function isManifest(path: string): boolean {
  return readers.some(({ name }) => name.test(path));
}

/** What a dependency manifest says against itself. A manifest that cannot be read says nothing. */
export async function manifestEvidence(manifest: Manifest): Promise<Evidence[]> {
  const reader = readers.find(({ name }) => name.test(manifest.path));
  return reader === undefined ? [] : reader.read(manifest);
}
