import { editDistance } from './edit-distance.ts';

/** Longer than any name worth comparing; keeps the cost of a hostile input bounded. */
const longestCompared = 100;

/** Lower case, and one separator for spaces, `_` and `-`: the form in which names are compared. */
export function comparable(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '-');
}

/**
 * The known names that `name` may have been meant to be, best first, equals as given, at most three.
 * A name is near when it differs by at most a third of its length in edits, or when one begins with the other
 * (`sec` and `security`) and three letters or more agree.
 */
export function nearestNames(name: string, known: readonly string[]): string[] {
  const wanted = comparable(name);
  if (wanted.length === 0 || wanted.length > longestCompared) return [];
  const scored: { candidate: string; distance: number }[] = [];
  for (const candidate of new Set(known)) {
    const other = comparable(candidate);
    const distance = editDistance(wanted, other);
    const allowed = Math.max(1, Math.floor(Math.max(wanted.length, other.length) / 3));
    const begins =
      Math.min(wanted.length, other.length) >= 3 && (other.startsWith(wanted) || wanted.startsWith(other));
    if (distance <= allowed) scored.push({ candidate, distance });
    else if (begins) scored.push({ candidate, distance: allowed + 0.5 });
  }
  scored.sort((a, b) => a.distance - b.distance);
  return scored.slice(0, 3).map(({ candidate }) => candidate);
}
