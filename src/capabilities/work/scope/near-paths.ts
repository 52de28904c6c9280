import path from 'node:path';
import { nearestNames } from '../../../kernel/index.ts';
import type { ProjectFiles } from '../../../platform/files/index.ts';

/** Most files whose names are compared with one that is missing. */
const maxCompared = 5_000;

/**
 * What a path that is not there may have been meant to be: a name near to it in the same folder, else a file of the same
 * or a near name elsewhere. `undefined` where nothing is near.
 */
function nearPath(missing: string, places: readonly string[]): string | undefined {
  const wanted = path.posix.normalize(missing.replaceAll('\\', '/').replace(/^@/, '')).replace(/\/$/, '');
  const folder = path.posix.dirname(wanted);
  const inFolder = places.filter((place) => path.posix.dirname(place) === folder);
  return nearest(wanted, inFolder) ?? nearest(wanted, places);
}

/** Files and folders of the project. */
async function placesOf(files: ProjectFiles): Promise<readonly string[]> {
  const { files: listed } = await files.list();
  const places = new Set<string>();
  for (const { path: file } of listed.slice(0, maxCompared)) {
    for (let place = file; place !== '.'; place = path.posix.dirname(place)) places.add(place);
  }
  return [...places];
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

/** Most paths that are named, and for which a near one is looked for. */
const maxNamed = 10;

/** Paths that are not there, each with what it may have been meant to be; the last of them may tell how many more. */
export async function withNearPaths(
  missing: readonly string[],
  files: ProjectFiles,
): Promise<readonly string[]> {
  if (missing.length === 0) return [];
  const places = await placesOf(files);
  const named = missing.slice(0, maxNamed).map((word) => {
    const near = /\s/.test(word) ? undefined : nearPath(word, places);
    return near === undefined ? word : `${word} (did you mean ${near}?)`;
  });
  return missing.length > maxNamed ? [...named, `${missing.length - maxNamed} more`] : named;
}
