import { realpathSync } from 'node:fs';
import { contains } from './contains.ts';

/**
 * Whether `place` is the folder or lies below it, by its name or by where links lead, of the place as of the folder. Both
 * are absolute. For what a project could plant: a place that is not there is judged by its name alone.
 */
export function leadsInto(folder: string, place: string): boolean {
  const folders = namesOf(folder);
  return namesOf(place).some((name) => folders.some((one) => contains(one, name)));
}

function namesOf(place: string): string[] {
  try {
    return [place, realpathSync(place)];
  } catch {
    return [place];
  }
}
