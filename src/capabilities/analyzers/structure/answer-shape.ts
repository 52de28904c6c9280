/** A place where a request is answered with a failure, and how its receiver learns of it. */
export interface ErrorAnswer {
  /** From 1. */
  line: number;
  quote: string;
  /** The same for answers that a receiver reads alike: `{ error }`, `{ error: {…} }`, `status 200`, `plain text`. */
  shape: string;
}

/** A key of a body, and what kind of value stands there. */
export interface BodyKey {
  name: string;
  holds: 'object' | 'list' | 'false' | 'value';
}

/** Keys under which a body reports a failure, the telling ones first: a body is known by its first of these. */
const failureKeys = ['error', 'errors', 'detail', 'message', 'msg', 'reason'] as const;

/** Keys that only say whether it worked. */
const verdictKeys: readonly string[] = ['ok', 'success'];

/** The shape of a body with these keys; `undefined` when nothing in it reports a failure. */
export function shapeOfBody(keys: readonly BodyKey[], failedStatus: boolean): string | undefined {
  const verdict = keys.find(({ name, holds }) => verdictKeys.includes(name) && holds === 'false');
  // What says "it worked" on the wire and "it did not" inside is read unlike any answer with a failed status.
  if (!failedStatus) return verdict === undefined ? undefined : 'status 200';
  for (const wanted of failureKeys) {
    const key = keys.find(({ name }) => name === wanted);
    if (key === undefined) continue;
    return key.holds === 'object' ? `{ ${wanted}: {…} }` : `{ ${wanted} }`;
  }
  return verdict === undefined ? undefined : `{ ${verdict.name} }`;
}
