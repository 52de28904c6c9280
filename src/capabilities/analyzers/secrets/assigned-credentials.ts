import { isVersionSpec } from './version-spec.ts';
import type { Candidate } from './secretlint.ts';

const assigned =
  /(?:api[_-]?key|secret[_-]?(?:access[_-]?)?key|access[_-]?token|auth[_-]?token|client[_-]?secret|app[_-]?secret|(?:jwt|session|cookie|token|signing|webhook)[_-]?(?:secret|key)|private[_-]?key|encryption[_-]?key|passw(?:or)?d|passphrase)["']?\s*(?:[:=]|:=|=>)\s*(["'`])([^"'`\s]{8,200})\1/gi;
const environment =
  /^\s*(?:export\s+)?[A-Z][A-Z0-9_]*(?:API_?KEY|SECRET(?:_ACCESS)?_?KEY|TOKEN|SECRET|PASSWORD)=([^\s"'#$]{16,200})\s*$/gm;
const accessKey = /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g;
const bearer = /\bBearer\s+([A-Za-z0-9_\-.=+/]{24,})/g;
/** What a password was hashed to: whoever reads it still has to guess. */
const digest =
  /^(?:\{(?:S?SHA|SMD5|MD5|bcrypt|pbkdf2|argon2)[\w-]*\}|\$(?:[156]|2[aby]|argon2\w*|pbkdf2[\w-]*|scrypt)\$|(?:pbkdf2|bcrypt|argon2|scrypt|md5|sha\d*)(?:_\w+)?[$:])/;
/** Bits a character; words and identifiers stay below, random keys above. */
const minEntropyBits = 3.2;

/** Kinds that rest on a name or a place, not on the form of the value itself. */
export const assignedKinds: ReadonlySet<string> = new Set(['credential', 'bearer-token']);

/** Values that are secrets by the name they are assigned to, or by a form no recommended rule covers. */
export function assignedCredentials(text: string): Candidate[] {
  return [
    ...matches(text, assigned, 2, 'credential').filter((c) => isRandom(text.slice(c.start, c.end))),
    ...matches(text, environment, 1, 'credential').filter((c) => isRandom(text.slice(c.start, c.end))),
    ...matches(text, accessKey, 0, 'aws-access-key'),
    ...matches(text, bearer, 1, 'bearer-token').filter((c) => isRandom(text.slice(c.start, c.end))),
  ];
}

function matches(text: string, pattern: RegExp, group: number, kind: string): Candidate[] {
  return Array.from(text.matchAll(pattern), (match) => {
    const value = match[group]!;
    const start = match.index + match[0].lastIndexOf(value);
    return { kind, start, end: start + value.length };
  });
}

/** Mixed characters without the form of a path, an address, an identifier or a sentence. */
function isRandom(value: string): boolean {
  if (isVersionSpec(value) || digest.test(value)) return false;
  if (/^(?:https?:|[./~]|!?[a-z]+(?:[._-][a-z]+)*$)/i.test(value)) return false;
  // Words of another language, and settings such as `5/m/user`.
  if (/[^\x21-\x7e]/.test(value) || (value.length < 24 && /^[\w.,-]+(?:\/[\w.,-]+)+$/.test(value)))
    return false;
  if (!/\d/.test(value) && !/[^\w]/.test(value)) return false;
  return entropyBits(value) >= minEntropyBits || /[^\w]/.test(value);
}

function entropyBits(value: string): number {
  const counts = new Map<string, number>();
  for (const c of value) counts.set(c, (counts.get(c) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}
