import path from 'node:path';
import type { ProjectFiles } from '../../../platform/files/index.ts';
import { nearestNames } from '../../personas/index.ts';

/** Most files whose names are compared with one that is missing. */
const maxCompared = 5_000;

/**
 * What a path that is not there may have been meant to be: a name near to it in the same folder, else a file of the same
 * or a near name elsewhere. `undefined` where nothing is near.
 */
export async function nearPath(missing: string, files: ProjectFiles): Promise<string | undefined> {
  const wanted = path.posix.normalize(missing.replaceAll('\\', '/').replace(/^@/, '')).replace(/\/$/, '');
  const { files: listed } = await files.list();
  const places = new Set<string>();
  for (const { path: file } of listed.slice(0, maxCompared)) {
    for (let place = file; place !== '.'; place = path.posix.dirname(place)) places.add(place);
  }
  const folder = path.posix.dirname(wanted);
  const inFolder = [...places].filter((place) => path.posix.dirname(place) === folder);
  return nearest(wanted, inFolder) ?? nearest(wanted, [...places]);
}

function nearest(wanted: string, places: readonly string[]): string | undefined {
  const name = path.posix.basename(wanted);
  const sameStem = places.find((place) => path.posix.parse(place).name === name);
  if (sameStem !== undefined) return sameStem;
  const [near] = nearestNames(
    name,
    places.map((place) => path.posix.basename(place)),
  );
  return places.find((place) => path.posix.basename(place) === near);
}

/** Paths that are not there, each with what it may have been meant to be. */
export async function withNearPaths(
  missing: readonly string[],
  files: ProjectFiles,
): Promise<readonly string[]> {
  return Promise.all(
    missing.map(async (word) => {
      const near = /\s/.test(word) ? undefined : await nearPath(word, files);
      return near === undefined ? word : `${word} (did you mean ${near}?)`;
    }),
  );
}
