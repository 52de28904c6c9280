import { plainGlobs } from '../../../platform/files/index.ts';
import type { Digest } from '../digest/digest.ts';

/** Globs as every reader understands them: no braces, each from the root. */
export function globsOf({ appliesTo }: Digest): string[] {
  return [...new Set(appliesTo.flatMap(plainGlobs))];
}

/** The same where a comma separates them: a set of characters that holds one becomes any character. */
export function commaGlobsOf(digest: Digest): { globs: string[]; widened: string[] } {
  const globs = globsOf(digest);
  const widened = globs.filter((glob) => glob.includes(','));
  return {
    globs: globs.map((glob) => glob.replaceAll(/\[[^\]]*,[^\]]*\]/g, '?').replaceAll(',', '?')),
    widened,
  };
}
