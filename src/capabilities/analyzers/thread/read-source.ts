import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { whyCompressed } from './compressed.ts';

/** Larger files are skipped, bytes. */
const maxFileBytes = 1_000_000;
const isScript = /\.[cm]?js$/i;
const minifiedName = /[.-](?:min|bundle)\.[cm]?js$/i;
/** A library's file that was put into the project: `editor-6.0.1.js`, or a banner with a version and a licence. */
const libraryName = /[-.]\d+\.\d+(?:\.\d+)+(?:[-.][a-z]+)*\.[cm]?js$/i;
const libraryBanner =
  /^\s*\/\*(?:!|\*? ?@(?:license|preserve))(?=[^]{0,600}?\bv?\d+\.\d+\.\d+\b)[^]{0,600}?(?:licen[sc]e|copyright|\(c\))/i;
const generatedMark =
  /^\W*(?:.*@generated\b|.*\bCode generated\b.*\bDO NOT EDIT\b|.*\b[Gg]enerated [Bb]y\b.*\b[Dd]o not edit\b|.*\b[Aa]uto(?:matically|-)? ?generated\b)/m;

/** The encoded original at the end of a compiled file: data, and much of it. */
const embeddedMap = /^([ \t]*(?:\/\/|\/\*)[#@] sourceMappingURL=data:).*$/gm;
const inBytes = (sizeBytes: number) => `${sizeBytes.toLocaleString('en')} bytes`;

/** A file's text, the `given` one or what lies on disk, or why it is not analysed. */
export async function readSource(
  root: string,
  file: string,
  given?: string,
): Promise<{ text: string } | { skipped: string }> {
  const path = join(root, file);
  try {
    if (minifiedName.test(file)) return { skipped: 'minified, by its name' };
    if (libraryName.test(file)) return { skipped: 'a library kept in the project, by its name' };
    const size = given === undefined ? (await stat(path)).size : Buffer.byteLength(given);
    if (size > maxFileBytes) return { skipped: `larger than ${inBytes(maxFileBytes)} (${inBytes(size)})` };
    const text = given ?? (await readFile(path, 'utf8'));
    if (text.includes('\0')) return { skipped: 'binary' };
    const compressed = whyCompressed(text, { isScript: isScript.test(file) });
    if (compressed !== undefined) return { skipped: compressed };
    if (isScript.test(file) && libraryBanner.test(text.slice(0, 2_000)))
      return { skipped: 'a library kept in the project, by its banner' };
    if (generatedMark.test(text.slice(0, 600))) return { skipped: 'says that it is generated' };
    return { text: text.replace(/^\uFEFF/, '').replace(embeddedMap, '$1') };
  } catch (error) {
    return { skipped: `unreadable (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})` };
  }
}
