import type { Evidence } from '../evidence.ts';
import type { Manifest } from './manifest.ts';
import { structureEvidence } from './structure-evidence.ts';

const lockfiles = ['uv.lock', 'poetry.lock', 'pdm.lock', 'Pipfile.lock', 'pylock.toml', 'requirements.lock'];
const pinnedAddress = /@[0-9a-f]{40}\b|#sha256=/;

/** `requirements*.txt`: one requirement a line. */
export function requirementsEvidence({ path, text, neighbours }: Manifest): Evidence[] {
  const evidence: Evidence[] = [];
  const seen = new Set<string>();
  // A list compiled from an `.in` file, or checked against hashes, is the lockfile itself.
  const isInput = !neighbours.has(path.slice(path.lastIndexOf('/') + 1).replace(/\.txt$/, '.in'));
  text.split(/\r?\n/).forEach((raw, at) => {
    const line = raw.replace(/\s+#.*$/, '').trim();
    if (line === '' || /^(?:#|-[rcf]\b|--(?!editable))/.test(line)) return;
    const place = { file: path, line: at + 1, quote: line };
    if (/(?:^|[\s@])(?:git\+|https?:)/.test(line)) {
      if (!pinnedAddress.test(line)) evidence.push(structureEvidence('unreviewed-source', place));
      return;
    }
    const name = /^[\w.-]+/.exec(line)?.[0].toLowerCase().replaceAll('_', '-');
    if (name === undefined || line.startsWith('-')) return;
    if (seen.has(name) && !line.includes(';'))
      evidence.push(structureEvidence('duplicate-dependency', place, name));
    seen.add(name);
    if (isInput && !/[=~<]/.test(line.split(';')[0]!.replace(/>=/g, ''))) {
      evidence.push(structureEvidence('unpinned-dependency', place, name));
    }
  });
  return evidence;
}

/** `pyproject.toml`, as its standard and as Poetry write it. */
export async function pyprojectEvidence({ path, text, neighbours }: Manifest): Promise<Evidence[]> {
  const { parse } = await import('smol-toml');
  let document: Record<string, unknown>;
  try {
    document = parse(text);
  } catch {
    return [];
  }
  const lines = text.split(/\r?\n/);
  const placeOf = (needle: string) => {
    const at = Math.max(
      0,
      lines.findIndex((l) => l.includes(needle)),
    );
    return { file: path, line: at + 1, quote: lines[at]!.trim() };
  };
  const evidence: Evidence[] = [];
  const standard = listOf(tableOf(document['project'])['dependencies']);
  for (const requirement of standard) {
    if (/@\s*(?:git\+|https?:)/.test(requirement)) {
      if (!pinnedAddress.test(requirement))
        evidence.push(structureEvidence('unreviewed-source', placeOf(requirement)));
    }
  }
  const poetry = Object.entries(tableOf(tableOf(tableOf(document['tool'])['poetry'])['dependencies']));
  for (const [name, wanted] of poetry) {
    if (wanted === '*') evidence.push(structureEvidence('unpinned-dependency', placeOf(`${name} =`), name));
    const { git, rev } = tableOf(wanted);
    if (typeof git === 'string' && rev === undefined)
      evidence.push(structureEvidence('unreviewed-source', placeOf(git), name));
  }
  const isLibrary = document['build-system'] !== undefined;
  const locked =
    lockfiles.some((f) => neighbours.has(f)) || [...neighbours].some((f) => /^requirements.*\.txt$/.test(f));
  if (!isLibrary && !path.includes('/') && !locked && standard.length + poetry.length > 0) {
    evidence.push(
      structureEvidence('missing-lockfile', placeOf('dependencies'), 'uv, Poetry and PDM each write one'),
    );
  }
  return evidence;
}

function tableOf(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {};
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((v) => typeof v === 'string') : [];
}
