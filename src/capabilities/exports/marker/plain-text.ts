import { createHash } from 'node:crypto';

export const byteOrderMark = '\uFEFF';

/** What a text says whatever wrote its line ends: without byte order mark, lines ended by LF. */
export function plainText(text: string): string {
  return text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
}

/** The line end a text uses; LF where it has none. */
export function lineEndOf(text: string): '\n' | '\r\n' {
  const windows = text.split('\r\n').length - 1;
  return windows * 2 > text.split('\n').length - 1 ? '\r\n' : '\n';
}

/** The first 32 hex digits of SHA-256: enough to see an edit. */
export const markOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32);
