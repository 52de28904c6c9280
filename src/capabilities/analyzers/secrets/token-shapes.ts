import type { Candidate } from './secretlint.ts';
import { isPlaceholder } from './placeholders.ts';
import { isWordLike } from './word-like.ts';

/** A secret told by its own form. The pattern's group `secret` is what is to be hidden. */
interface TokenShape {
  kind: string;
  pattern: RegExp;
  isSecret?: (secret: string) => boolean;
}

const start = String.raw`(?<![\w-])`;
const pgpHead = '-----BEGIN PGP PRIVATE KEY BLOCK-----';
const pgpFoot = '-----END PGP PRIVATE KEY BLOCK-----';

/** Bounded repetitions keep each pattern linear on hostile text. */
const shapes: readonly TokenShape[] = [
  { kind: 'jwt', pattern: token(String.raw`eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}`) },
  { kind: 'openai', pattern: token(String.raw`sk-[\w-]{20,}`), isSecret: (key) => !isWordLike(key) },
  { kind: 'stripe', pattern: token(String.raw`[sr]k_(?:live|test)_[A-Za-z\d]{16,}`) },
  { kind: 'gitlab', pattern: token(String.raw`glpat-[\w-]{20,}`), isSecret: (key) => !isWordLike(key) },
  { kind: 'google-api-key', pattern: token(String.raw`AIza[\w-]{35}`) },
  { kind: 'huggingface', pattern: token(String.raw`hf_[A-Za-z\d]{30,}`) },
  { kind: 'azure-account-key', pattern: /AccountKey\s?=\s?(?<secret>[A-Za-z\d+/]{40,}={0,2})/dgi },
  {
    kind: 'pgp-private-key',
    pattern: new RegExp(
      String.raw`(?<secret>${pgpHead}(?:[^"'\`]{20,20000}?${pgpFoot}|(?:\s+[A-Za-z\d+/=]{16,})+))`,
      'dg',
    ),
  },
  {
    kind: 'url-password',
    pattern: /\b[a-z][a-z\d+.-]{1,20}:\/\/[^\s/:@"'`<>]{0,128}:(?<secret>[^\s/@"'`]{1,256})@[\w[<${%]/dgi,
    isSecret: isUrlPassword,
  },
];

/** Tokens, keys and addresses with a password that no name in front of them is needed to recognise. */
export function tokenShapes(text: string): Candidate[] {
  return shapes.flatMap(({ kind, pattern, isSecret }) =>
    Array.from(text.matchAll(pattern)).flatMap((match) => {
      const [from, to] = match.indices!.groups!['secret']!;
      const secret = text.slice(from, to);
      if (isMask(secret) || isSecret?.(secret) === false) return [];
      return [{ kind, start: from, end: to }];
    }),
  );
}

function token(form: string): RegExp {
  return new RegExp(`${start}(?<secret>${form})`, 'dg');
}

/** Random letters can spell a short word by chance, so only plain masks count. */
function isMask(secret: string): boolean {
  return /x{5}|\*{3}|0{8}|example|placeholder|your[-_]/i.test(secret);
}

function isUrlPassword(password: string): boolean {
  if (/^(?:[$%{[<(:]|pass(?:word|wd|phrase)?$|pwd$|secret$|token$|key$)/i.test(password)) return false;
  return !isPlaceholder(password) && !/^(?:x+|…|\.+)$/i.test(password);
}
