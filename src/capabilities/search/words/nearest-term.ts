/** The first of these that one letter added, lost, changed or swapped makes of `term`; `undefined` when there is none. */
export function nearestTerm(term: string, known: Iterable<string>): string | undefined {
  for (const candidate of known) {
    if (Math.abs(candidate.length - term.length) <= 1 && isOneEditAway(term, candidate)) return candidate;
  }
  return undefined;
}

function isOneEditAway(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const [middleA, middleB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (middleA.length <= 1 && middleB.length <= 1) return true;
  return (
    middleA.length === 2 && middleB.length === 2 && middleA[0] === middleB[1] && middleA[1] === middleB[0]
  );
}
