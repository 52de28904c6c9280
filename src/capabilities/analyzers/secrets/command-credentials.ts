import { isPlaceholder } from './placeholders.ts';
import { isSamplePassword } from './sample-passwords.ts';
import type { Candidate } from './secretlint.ts';
import { isWordLike } from './word-like.ts';

/** On with the same command, over lines that a backslash continues, to the next option. */
const within = String.raw`(?:[^\n;|&]|&(?!&)|\\\r?\n){0,300}?\s`;
const user = String.raw`[^\s:"'\`<>]{1,128}`;
const value = String.raw`["']?(?<secret>[^\s"'\`;|<>]{2,256})`;
const base64 = String.raw`(?<secret>[A-Za-z\d+/]{8,2048}={0,2})(?![\w+/=…]|\.\.)`;

interface Place {
  kind: string;
  pattern: RegExp;
  isSecret: (secret: string) => boolean;
}

/** Where a password stands in a command, a header, or a file that programs sign in with. */
const places: readonly Place[] = [
  encoded('basic-auth', String.raw`authorization["']?\s{0,8}[:=,]\s{0,8}["'\`]?basic[ \t]{1,8}${base64}`),
  encoded('docker-auth', String.raw`["']auth["']\s{0,8}:\s{0,8}["']${base64}`),
  encoded('npm-auth', String.raw`(?<![a-z])_auth[ \t]{0,8}=[ \t]{0,8}["']?${base64}`),
  password(
    'netrc',
    String.raw`\b(?:machine\s{1,8}\S{1,256}|default)\s{1,8}login\s{1,8}\S{1,128}\s{1,8}(?:account\s{1,8}\S{1,128}\s{1,8})?password\s{1,8}${value}`,
  ),
  password(
    'command-password',
    String.raw`\bcurl\b${within}(?:-[a-zA-Z]{0,6}[uU]|--(?:proxy-)?user)[ \t=]?["']?${user}:(?!//)${value}`,
  ),
  password(
    'command-password',
    String.raw`\b(?:mysql(?:dump|admin|import|sh)?|mariadb(?:-[a-z]{2,10})?)\b${within}-p(?!\d{1,5}:)${value}`,
  ),
  password('command-password', String.raw`\bsshpass[ \t]{1,8}-p[ \t=]{0,4}${value}`),
  password(
    'command-password',
    String.raw`\b(?:(?:docker|podman|oras|registry)[ \t]{1,8}login|mongo(?:sh|dump|restore)?)\b${within}-p[ \t=]{1,4}${value}`,
  ),
  password('command-password', String.raw`\bredis-cli\b${within}-a[ \t]{1,4}${value}`),
  password('command-password', String.raw`\b(?:PGPASSWORD|MYSQL_PWD|REDISCLI_AUTH|SSHPASS)=${value}`),
];

/**
 * Passwords by their place in what people paste: `curl -u`, `mysql -p`, `sshpass -p`, `PGPASSWORD=`, a line of `.netrc`,
 * a Basic header, the configuration of docker or npm. They may be short and words, so any that is no sample counts.
 */
export function commandCredentials(text: string): Candidate[] {
  return places.flatMap(({ kind, pattern, isSecret }) =>
    Array.from(text.matchAll(pattern)).flatMap((match) => {
      const [start] = match.indices!.groups!['secret']!;
      const secret = match.groups!['secret']!.replace(/[.,:)\]}\\]+$/, '');
      return isSecret(secret) ? [{ kind, start, end: start + secret.length }] : [];
    }),
  );
}

function password(kind: string, form: string): Place {
  return { kind, pattern: new RegExp(form, 'dg'), isSecret: (secret) => !isSamplePassword(secret) };
}

function encoded(kind: string, form: string): Place {
  return { kind, pattern: new RegExp(form, 'dgi'), isSecret: isEncodedPair };
}

/** `user:password` in base64; what is no such pair counts by its own look. */
function isEncodedPair(base64: string): boolean {
  const [, name, secret] = /^([\x20-\x7e]*?):([\x20-\x7e]*)$/.exec(decoded(base64)) ?? [];
  if (secret === undefined) return isRandom(base64);
  return secret === '' ? isRandom(name!) : !isSamplePassword(secret);
}

const decoded = (base64: string) => Buffer.from(base64, 'base64').toString('latin1');

function isRandom(text: string): boolean {
  return text.length >= 12 && /\d/.test(text) && !isWordLike(text) && !isPlaceholder(text);
}
