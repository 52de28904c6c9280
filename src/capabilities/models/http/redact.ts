/** Replaces what must not be shown. */
export type Redact = (text: string) => string;

/** What looks like a key, also when its owner has starred out the middle. */
const keyLike = /\b(?:sk|pk|rk|AIza|gsk|xai)[-_A-Za-z0-9*.]{12,}/g;

/**
 * A function that takes these keys, as they are or percent-encoded, and whatever else looks like a key out of a text.
 * Guarantee: no returned text contains one of the keys.
 */
export function redactorOf(keys: readonly string[]): Redact {
  const forms = keys
    .filter((key) => key !== '')
    .flatMap((key) => [key, encodeURIComponent(key)])
    .sort((left, right) => right.length - left.length);
  return (text) => {
    let clean = text;
    for (const form of forms) clean = clean.replaceAll(form, '[key]');
    return clean.replace(keyLike, '[key]');
  };
}
