import { isAppError } from '../../kernel/index.ts';
import { compileGlob, type GlobMatcher } from './glob.ts';

/** Globs that say for which files something is. */
export interface ScopeGlobs {
  /** What it is for; none means every file. */
  included: string[];
  /** What it is not for, whatever is included; each was written with a `!` before it. */
  excluded: string[];
}

/** Tells apart what globs take in and what those with a `!` before them leave out; their order does not matter. */
export function scopeGlobs(globs: readonly string[]): ScopeGlobs {
  const isExcluding = (glob: string) => glob.startsWith('!');
  return {
    included: globs.filter((glob) => !isExcluding(glob)),
    excluded: globs.filter(isExcluding).map((glob) => glob.slice(1)),
  };
}

/**
 * Says whether a file is in the scope of globs: one of them matches, or there is none, and none with a `!` before it
 * does. A glob that cannot be read matches nothing; whoever takes globs from people refuses it with `compileGlob`.
 */
export function compileScope(globs: readonly string[]): GlobMatcher {
  const { included, excluded } = scopeGlobs(globs);
  const [within, without] = [included.map(readable), excluded.map(readable)];
  return (path) =>
    (within.length === 0 || within.some((matches) => matches(path))) &&
    !without.some((matches) => matches(path));
}

function readable(glob: string): GlobMatcher {
  try {
    return compileGlob(glob);
  } catch (error) {
    if (!isAppError(error, 'files.bad_glob')) throw error;
    return () => false;
  }
}
