import type { Candidate } from './secretlint.ts';
import { isPlaceholder } from './placeholders.ts';
import { isVersionSpec } from './version-spec.ts';
import { isReference, isWordLike } from './word-like.ts';

const name = String.raw`(?:passw(?:or)?d|pwd|passphrase|(?<![a-z])pass|secret|token|(?:api|access|account|secret|private|encryption|signing|shared)[_.-]?(?:access[_.-]?)?key(?:[_-]?(?:base|id))?|credentials?)`;
const mark = String.raw`["'\`*_]{0,3}`;
const value = String.raw`(?<value>[^\s;"'\`]{8,512})`;

/** Where a value stands under a name that says it is a secret. */
const places: readonly RegExp[] = [
  // .env, ini, properties, YAML, JSON, code, connection strings, command line.
  new RegExp(
    String.raw`${name}\]?${mark}\??[ \t]{0,20}(?:={1,3}>?|:=|:)${mark}[ \t]{0,20}${mark}${value}`,
    'dgi',
  ),
  // A command's argument.
  new RegExp(String.raw`(?<=\s)--(?:[a-z]{1,20}-){0,3}${name}[ \t]["'\`]?${value}`, 'dgi'),
  // <password>…</password>
  new RegExp(String.raw`${name}>(?<value>[^\s<>]{8,512})</`, 'dgi'),
  // A container's environment: the name in one line, its value in the next.
  new RegExp(
    String.raw`name:[ \t]{0,20}["']?\w{0,80}${name}["']?[ \t]{0,20}\r?\n[ \t]{0,80}value:[ \t]{0,20}["']?${value}`,
    'dgi',
  ),
];

/**
 * Literal values under names such as `db_password`, `TOKEN` or `api_key`, quoted or not. A value counts with eight
 * characters or more that are neither words, nor a placeholder, nor taken from elsewhere.
 */
export function literalCredentials(text: string): Candidate[] {
  return places.flatMap((place) =>
    Array.from(text.matchAll(place)).flatMap((match) => {
      const [start] = match.indices!.groups!['value']!;
      const literal = match.groups!['value']!.replace(/[.,:)\]}*|\\]+$/, '');
      return isLiteral(literal) ? [{ kind: 'credential', start, end: start + literal.length }] : [];
    }),
  );
}

function isLiteral(text: string): boolean {
  if (text.length < 8 || /[^\x21-\x7e]/.test(text) || !/[a-z]/i.test(text)) return false;
  if (isVersionSpec(text)) return false;
  return !isPlaceholder(text) && !isReference(text) && !isWordLike(text.replace(/^[!&*@$#]|[!?]$/g, ''));
}
