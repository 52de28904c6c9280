import type { Candidate } from './secretlint.ts';

/** The line a private key begins with, whatever its algorithm: RSA, EC, DSA, OpenSSH, PGP, encrypted, or none named. */
export const privateKeyBegins = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;
/** The line it ends with. */
export const privateKeyEnds = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;

/** A line of the text, of a string with `\n` in it, or what stands behind the marker. */
const piece = /((?:[^\r\n\\]|\\(?![rn])){0,20000})(?:\\[rn]|[\r\n]+|$)/y;
const encoded = /[A-Za-z0-9+/]{16,}={0,2}/g;
/** What may stand around a line of a key: quotes, list marks, comment marks. */
const lastOfKey = /^[\s"'`+,;>|*#/\\-]*[A-Za-z0-9+/]{0,15}={0,2}[\s"'`+,;>|*#/\\-]*$/;
const around = /^[\s"'`+,;>|*#/\\-]*$/;
const header = /^[\s"'`>]*[A-Za-z][A-Za-z-]{2,30}: /;
const maxBlockChars = 40_000;

/**
 * Private keys from their first line to their last, or to the end of what is encoded where the last line is missing. A
 * marker alone is none, nor one before an elided body.
 */
export function privateKeyBlocks(text: string): Candidate[] {
  const begins = new RegExp(privateKeyBegins, 'g');
  return Array.from(text.matchAll(begins)).flatMap(({ 0: marker, index }) => {
    const end = endOfKey(text, index + marker.length);
    return end === undefined ? [] : [{ kind: 'privatekey', start: index, end }];
  });
}

function endOfKey(text: string, from: number): number | undefined {
  let body = '';
  let end: number | undefined;
  for (let at = from; at < Math.min(text.length, from + maxBlockChars);) {
    piece.lastIndex = at;
    const [whole, line] = piece.exec(text) ?? [];
    if (!whole || line === undefined) break;
    const foot = privateKeyEnds.exec(line);
    const content = foot === null ? line : line.slice(0, foot.index);
    const runs = content.match(encoded);
    const rest = runs === null ? content : content.replace(encoded, '');
    const isBody = runs !== null || body !== '' ? lastOfKey.test(rest) : around.test(rest);
    if (!isBody && !(body === '' && header.test(content))) {
      if (/…|\.{3}/.test(content) && body.length < 40) return undefined;
      break;
    }
    if (isBody && content.trim() !== '') {
      body += runs?.join('') ?? '';
      end = at + line.trimEnd().length;
    }
    if (foot !== null) {
      end = at + foot.index + foot[0].length;
      break;
    }
    at += whole.length;
  }
  return isKey(body) ? end : undefined;
}

/** Letters of both cases and figures, and not the same few again and again. */
function isKey(body: string): boolean {
  return /[A-Z]/.test(body) && /[a-z]/.test(body) && /\d/.test(body) && new Set(body).size > 8;
}
