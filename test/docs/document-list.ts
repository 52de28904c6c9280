import assert from 'node:assert/strict';

/** Fails unless a document lists exactly what there is, in any order; says what is missing and what is too much. */
export function assertListed(where: string, listed: readonly string[], there: Iterable<string>): void {
  const existing = new Set(there);
  const missing = [...existing].filter((name) => !listed.includes(name));
  const gone = listed.filter((name) => !existing.has(name));
  const said = [
    ...(missing.length === 0 ? [] : [`${where} lacks ${missing.join(', ')}.`]),
    ...(gone.length === 0 ? [] : [`${where} names ${gone.join(', ')}, which there is not.`]),
  ];
  if (said.length > 0) assert.fail(said.join(' '));
}
