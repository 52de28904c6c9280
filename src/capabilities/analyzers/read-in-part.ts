import type { FileResult } from './thread/messages.ts';

/** Files that the parser could not read whole, with the first line that it could not read. */
export function readInPart(results: readonly FileResult[]): { file: string; line: number }[] {
  return results.flatMap(({ file, unreadLine }) =>
    unreadLine === undefined ? [] : [{ file, line: unreadLine }],
  );
}
