const number = String.raw`v?\d{1,6}(?:\.(?:\d{1,8}|[x*])){0,3}`;
/** `-beta.1`, `rc1`, `+build.7`, `.post2`: words that releases have, never any text behind a number. */
const release = String.raw`(?:[-.+]?(?:alpha|beta|rc|canary|next|nightly|dev|preview|pre|post|snapshot|final|release|build|a|b)(?:[.-]?\d{1,12}){0,3}){0,2}`;
const one = String.raw`(?:(?:\^|~|[<>=!~]=|===|[<>=])[ ]?${number}|v?\d{1,6}(?:\.(?:\d{1,8}|[x*])){1,3})${release}`;

const range = new RegExp(String.raw`^${one}(?:(?:[ ]?\|\|[ ]?|[ ]?,[ ]?|[ ]-[ ]|[ ])${one}){0,5}$`, 'i');
const source =
  /^(?:(?:npm|jsr):@?[\w./-]+(?:@[\w.^~*-]+)?|(?:workspace|catalog):[\w.^~*-]*|(?:file|link|portal):\.{0,2}\/[\w./-]+|(?:github:|gitlab:|git\+(?:https|ssh):\/\/(?:git@)?[\w.-]+[/:])[\w.-]+\/[\w.-]+(?:#[\w./^~:-]+)?)$/;

/**
 * Whether a text says which version of a package is meant, or where it comes from, as manifests do: `^9.0.0`,
 * `>=1.2 <2`, `workspace:*`, `npm:other@^1`. Such a text is no secret, though the package's name may sound like one.
 */
export function isVersionSpec(text: string): boolean {
  return text.length <= 200 && (range.test(text) || source.test(text));
}
