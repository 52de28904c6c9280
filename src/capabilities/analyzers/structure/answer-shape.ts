/** How the receiver of an answer learns of a failure. */
export interface AnswerShape {
  /** The same for answers that a receiver reads alike: `{ error }`, `{ error: {…} }`, `status 200`, `plain text`. */
  shape: string;
  /** All keys of a body with a failed status, as they stand there: `message`, `error: {…}`. */
  keys: readonly string[];
}

/** A place where a request is answered with a failure. */
export interface ErrorAnswer extends AnswerShape {
  /** From 1. */
  line: number;
  quote: string;
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
export function shapeOfBody(keys: readonly BodyKey[], failedStatus: boolean): AnswerShape | undefined {
  const verdict = keys.find(({ name, holds }) => verdictKeys.includes(name) && holds === 'false');
  // What says "it worked" on the wire and "it did not" inside is read unlike any answer with a failed status.
  if (!failedStatus) return verdict === undefined ? undefined : { shape: 'status 200', keys: [] };
  const telling =
    failureKeys.flatMap((wanted) => keys.find(({ name }) => name === wanted) ?? [])[0] ?? verdict;
  if (telling === undefined) return undefined;
  return { shape: bodyOfKeys([inWords(telling)]), keys: keys.map(inWords) };
}

/** Most keys of a body that are named. */
const maxNamed = 5;

/** `{ message, detail }` */
export function bodyOfKeys(keys: readonly string[]): string {
  const named = [...keys.slice(0, maxNamed), ...(keys.length > maxNamed ? ['…'] : [])];
  return `{ ${named.join(', ')} }`;
}

function inWords({ name, holds }: BodyKey): string {
  return holds === 'object' ? `${name}: {…}` : name;
}
