import type { ProjectFiles } from '../../../platform/files/index.ts';
import { findPlaces, isPattern } from './find-places.ts';
import { wordsOf } from './words-of-task.ts';

/** What a job looks at. */
export interface Scope {
  /** Project-relative places, forward slashes; empty for the whole project. */
  paths: readonly string[];
  /** The scope in words: "src/auth and tests", "the whole project". */
  stated: string;
  /** Words of the task that look like a path and lead nowhere: said in the review, never guessed at. */
  missing: readonly string[];
}

/** Most places a task can name; what names more means the whole project. */
const maxPaths = 20;

/**
 * The scope of a task: those of its words that name existing files or folders of the project, else the whole
 * project. A word counts when it looks like a path (has a slash or an extension), stands in quotes, or is reached from
 * the verb or another path over words such as "and" and "the" ("review src and tools"); in "review src for test gaps"
 * the purpose names no folder "test".
 * Errors: `files.outside_project` for a path that leads out, through links too.
 */
export async function scopeOfTask(task: string, files: ProjectFiles): Promise<Scope> {
  const paths = new Set<string>();
  const missing = new Set<string>();
  let expectPath = true;
  for (const { word, quoted } of wordsOf(task)) {
    const pathLike = looksLikePath(word);
    if (!quoted && joins.test(word)) {
      // "find bugs in src": what follows may be a folder.
      expectPath ||= /^(in|under)$/i.test(word);
      continue;
    }
    if (!pathLike && !quoted && !expectPath && !containers.test(word)) continue;
    const places = await placesNamed(word, files, pathLike || quoted);
    if (places.length > 0) {
      for (const place of places) paths.add(place);
      expectPath = true;
    } else if (pathLike && surelyPath(word)) missing.add(word);
    else expectPath = containers.test(word) || (expectPath && verbs.test(word));
  }
  return { ...placesOf([...paths]), missing: [...missing] };
}

function placesOf(paths: readonly string[]): { paths: readonly string[]; stated: string } {
  if (paths.includes('.')) return { paths: [], stated: 'all of the project' };
  if (paths.length === 0) return { paths: [], stated: 'the whole project' };
  const used = paths.filter((path) => !paths.some((other) => other !== path && path.startsWith(`${other}/`)));
  if (used.length <= maxPaths) return { paths: used, stated: inWords(used) };
  return {
    paths: [],
    stated: `the whole project (the task names ${used.length} places, more than ${maxPaths})`,
  };
}

function looksLikePath(word: string): boolean {
  // An address is none, and neither is the slash of "client / server".
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(word) || /^[\\/]+$/.test(word)) return false;
  return (
    /^\.{1,2}([\\/]|$)/.test(word) ||
    /^([\\/]|[A-Za-z]:[\\/])/.test(word) ||
    isNested(word) ||
    isPattern(word) ||
    isFileName(word)
  );
}

/**
 * Whether a missing path was surely meant as one. "and/or" and "read/write" look like paths and are words, as are "e.g.",
 * "req.body" and "Node.js".
 */
function surelyPath(word: string): boolean {
  const name = word.split(/[\\/]/).at(-1)!;
  if (/^\.{0,2}[\\/]/.test(word) || /[\\/]$/.test(word)) return true;
  return fileNames.test(name) && !/^[A-Z][a-z]+\.js$/.test(word);
}

const fileNames =
  /\.(ts|tsx|mts|cts|js|jsx|mjs|cjs|py|go|java|kt|rb|php|rs|c|h|cc|cpp|hpp|cs|swift|scala|sql|sh|ps1|md|txt|json|ya?ml|toml|ini|xml|html|css|scss|vue|svelte|graphql|proto|tf|lock)$/i;

const isNested = (word: string) => /[\\/]/.test(word) && /^[\w@.~+\-\\/[\]()$ ]+$/.test(word);
const isFileName = (word: string) => /^[\w@-][\w@.+-]*\.[A-Za-z][A-Za-z0-9]{0,7}$/.test(word);

/** Words between a verb and a path, or two paths; they name nothing, also where a folder is called so. */
const joins = /^(at|in|on|under|of|and|the|please|over|through|only|plus)$/i;
const verbs = /^(review|check|audit|look|analy[sz]e|inspect|scan|examine|assess|read|code)$/i;
const containers = /^(folders?|directory|files?)$/i;

async function placesNamed(word: string, files: ProjectFiles, pathLike: boolean): Promise<readonly string[]> {
  if (word === '' || word.length > 500) return [];
  // A bare word is a folder of the root at most; reading it as anything else would make scopes of plain words.
  if (!pathLike && !/^[\w.@-]+$/.test(word)) return [];
  return findPlaces(word, files);
}

export function inWords(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)!}`;
}
