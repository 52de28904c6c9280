/**
 * The text of bytes that are UTF-8, or the first line, from 1, that is not. Whoever keeps a text must not read it in any
 * other way: each byte of another encoding would become U+FFFD and be lost. A byte order mark is left out unless it is to
 * be kept.
 */
export function utf8Text(
  bytes: Uint8Array,
  { keepMark = false }: { keepMark?: boolean } = {},
): string | { line: number } {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: keepMark }).decode(bytes);
  } catch {
    const lenient = new TextDecoder('utf-8').decode(bytes);
    return { line: lenient.slice(0, lenient.indexOf('\uFFFD')).split('\n').length };
  }
}
