import { plainGlobs } from '../../../platform/files/index.ts';
import type { Digest } from '../digest/digest.ts';

/** What says for which files something is. */
type Scoped = Pick<Digest, 'appliesTo'>;

/** Globs as every reader understands them: no braces, each from the root. */
export function globsOf({ appliesTo }: Scoped): string[] {
  return [...new Set(appliesTo.flatMap(plainGlobs))];
}

/** The same where a comma separates them: a set of characters that holds one becomes any character. */
export function commaGlobsOf(scope: Scoped): { globs: string[]; widened: string[] } {
  const globs = globsOf(scope);
  const widened = globs.filter((glob) => glob.includes(','));
  return {
    globs: globs.map((glob) => glob.replaceAll(/\[[^\]]*,[^\]]*\]/g, '?').replaceAll(',', '?')),
    widened,
  };
}
