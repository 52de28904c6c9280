import { filesErrors } from './errors.ts';
import { compileSegments, type SegmentsMatcher } from './glob-segments.ts';

const maxGlobLength = 1_000;
const maxAlternatives = 64;

/** Says whether a project-relative path with forward slashes matches. */
export type GlobMatcher = (path: string) => boolean;

/**
 * Compiles a glob: `*` and `?` within a name, `**` over folders, `[abc]`, `{a,b}`. Without a slash it matches the name
 * at any depth (`*.ts`); a trailing slash means everything below.
 *
 * Guarantee: matching takes time linear in path times pattern, whatever the pattern; no regular expressions.
 * Errors: `files.bad_glob` over 1,000 characters or 64 alternatives.
 */
export function compileGlob(glob: string, options: { ignoreCase?: boolean } = {}): GlobMatcher {
  const refuse = (reason: string) => filesErrors.make('files.bad_glob', { glob: glob.slice(0, 80), reason });
  if (glob.length > maxGlobLength) throw refuse(`it is longer than ${maxGlobLength} characters`);
  if (glob.trim() === '') throw refuse('it is empty');
  const alternatives = expandBraces(glob);
  if (alternatives === undefined) throw refuse(`it stands for more than ${maxAlternatives} alternatives`);
  const matchers = alternatives.map((one) => compileOne(one, options.ignoreCase ?? false));
  return (path) => {
    const segments = path.split('/');
    return matchers.some((matches) => matches(segments));
  };
}

/**
 * The globs that a glob stands for, as other programs read them: without braces, from the root, `**` where this one
 * means any depth. Errors: as `compileGlob`.
 */
export function plainGlobs(glob: string): string[] {
  compileGlob(glob);
  return [...new Set(expandBraces(glob)!.map(fromRoot))];
}

function compileOne(glob: string, ignoreCase: boolean): SegmentsMatcher {
  return compileSegments(fromRoot(glob), { ignoreCase });
}

function fromRoot(glob: string): string {
  const clean = glob.replace(/^(?:\.?\/)+/, '');
  const below = clean.endsWith('/') ? `${clean}**` : clean;
  return below.includes('/') ? below : `**/${below}`;
}

/** All the globs that `{a,b}` stands for; `undefined` when there are too many. A brace without partner is literal. */
function expandBraces(glob: string): string[] | undefined {
  const done: string[] = [];
  const open = [glob];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const group = innermostGroup(next);
    if (group === undefined) done.push(next);
    else {
      const { before, choices, after } = group;
      for (const choice of choices.toReversed()) open.push(before + choice + after);
    }
    if (done.length + open.length > maxAlternatives) return undefined;
  }
  return done;
}

function innermostGroup(glob: string): { before: string; choices: string[]; after: string } | undefined {
  let start = -1;
  for (let index = 0; index < glob.length; index++) {
    const character = glob[index];
    if (character === '\\') index += 1;
    else if (character === '{') start = index;
    else if (character === '}' && start >= 0) {
      const choices = glob.slice(start + 1, index).split(',');
      return { before: glob.slice(0, start), choices, after: glob.slice(index + 1) };
    }
  }
  return undefined;
}
