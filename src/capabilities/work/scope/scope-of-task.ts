import { existsSync } from 'node:fs';
import { resolve as resolvePath } from 'node:path';
import { isAppError } from '../../../kernel/index.ts';
import type { ProjectFiles } from '../../../platform/files/index.ts';

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
 * project. A word counts when it looks like a path (has a slash or an extension), stands in quotes, or directly
 * follows the verb or another path ("review src and tools"); "look at the model" names no folder "model" by chance.
 * Errors: `files.outside_project` for a path that leads out, through links too.
 */
export async function scopeOfTask(task: string, files: ProjectFiles): Promise<Scope> {
  const paths: string[] = [];
  const missing: string[] = [];
  let expectPath = true;
  for (const { word, quoted } of wordsOf(task)) {
    const pathLike = looksLikePath(word);
    if (!pathLike && !quoted && !expectPath) continue;
    const place = await resolvePlace(word, files, pathLike);
    if (place !== undefined) {
      if (place !== '.' && !paths.includes(place)) paths.push(place);
      expectPath = true;
    } else if (pathLike && surelyPath(word)) missing.push(word);
    else expectPath = expectsPath(word, expectPath);
  }
  const used = paths.length > maxPaths ? [] : withoutCovered(paths);
  return { paths: used, stated: used.length === 0 ? 'the whole project' : inWords(used), missing };
}

function* wordsOf(task: string): Generator<{ word: string; quoted: boolean }> {
  for (const match of task.matchAll(/`([^`\n]+)`|"([^"\n]+)"|'([^'\n]+)'|(\S+)/g)) {
    const quoted = match[1] ?? match[2] ?? match[3];
    if (quoted !== undefined) yield { word: quoted.trim(), quoted: true };
    else yield { word: withoutPunctuation(match[4]!), quoted: false };
  }
}

/** `src/auth,` and `(src/auth).` are `src/auth`; `src/a.ts:12` is `src/a.ts`; a leading dot stays. */
function withoutPunctuation(word: string): string {
  return word
    .replace(/^[("'`[{<]+/, '')
    .replace(/[)"'`\]}>,;:!?]+$/, '')
    .replace(/(?<=\w)\.+$/, '')
    .replace(/:\d+(?:[:-]\d+)*$/, '');
}

function looksLikePath(word: string): boolean {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(word)) return false;
  return (
    /^\.{1,2}([\\/]|$)/.test(word) ||
    /^([\\/]|[A-Za-z]:[\\/])/.test(word) ||
    isNested(word) ||
    isFileName(word)
  );
}

/** "and/or" and "read/write" look like paths and are words; what this says is one is reported when it is missing. */
function surelyPath(word: string): boolean {
  return /^\.{0,2}[\\/]/.test(word) || /[\\/]$/.test(word) || isFileName(word.split(/[\\/]/).at(-1)!);
}

const isNested = (word: string) => /[\\/]/.test(word) && /^[\w@.~+\-\\/[\]()$ ]+$/.test(word);
const isFileName = (word: string) => /^[\w@-][\w@.+-]*\.[A-Za-z][A-Za-z0-9]{0,7}$/.test(word);

const verbs =
  /^(review|check|audit|look|at|analy[sz]e|inspect|scan|examine|assess|read|in|on|under|of|and|the|folder|folders|directory|file|files|code|please|over|through|only|plus|for)$/i;

/** Whether a bare word after this one may be a folder's name. */
function expectsPath(word: string, before: boolean): boolean {
  return before ? verbs.test(word) : /^(in|under|and|folder|directory|file|files|folders)$/i.test(word);
}

async function resolvePlace(
  word: string,
  files: ProjectFiles,
  pathLike: boolean,
): Promise<string | undefined> {
  if (word === '' || word.length > 500) return undefined;
  // A bare word is a folder of the root at most; reading it as anything else would make scopes of plain words.
  if (!pathLike && !/^[\w.@-]+$/.test(word)) return undefined;
  try {
    return (await files.resolve(word)).relative;
  } catch (error) {
    // "/api/users" is a route, not a way out: only what is really there is refused.
    if (isAppError(error, 'files.outside_project') && existsSync(resolvePath(files.root, word))) throw error;
    return undefined;
  }
}

function withoutCovered(paths: readonly string[]): string[] {
  return paths.filter((path) => !paths.some((other) => other !== path && path.startsWith(`${other}/`)));
}

export function inWords(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)!}`;
}
