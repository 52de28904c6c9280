import type { ProjectFiles } from '../../../platform/files/index.ts';
import { findPlaces, isPattern } from './find-places.ts';
import { canNameFolder, hasSlash, isFile, isPair, isPhrase, looksLikePath, saysWhere } from './path-words.ts';
import { wordsOf, type LineRange } from './words-of-task.ts';

/** A part of a task that names places of the project. */
export interface NamedPlace {
  /** Project-relative, forward slashes; a pattern stands for several. */
  places: readonly string[];
  /** As the task writes it, and where. */
  word: string;
  quoted: boolean;
  start: number;
  end: number;
  lines: LineRange | undefined;
}

interface NamedPlaces {
  named: readonly NamedPlace[];
  /** Words that look like a path and lead nowhere. */
  missing: readonly string[];
  /** Those of them that can be nothing else: files by their extension, places below a folder that is there. */
  surelyMissing: readonly string[];
}

/** Places that a word may name; `files.outside_project` for what leads out. */
type FindPlaces = (word: string) => Promise<readonly string[]>;

/** Most words of a path with spaces that stands there without quotes, and how often one is looked for in a task. */
const maxWordsOfPath = 4;
const maxLookups = 200;

/** The words of a task that name places, and those that seem to. Errors: `files.outside_project`. */
export async function namedPlaces(
  task: string,
  files: ProjectFiles,
  find: FindPlaces = (word) => findPlaces(word, files),
): Promise<NamedPlaces> {
  const named: NamedPlace[] = [];
  const missing = new Set<string>();
  const surelyMissing = new Set<string>();
  const words = [...wordsOf(task)];
  let expectPath = true;
  let lookups = 0;
  for (let index = 0; index < words.length; index += 1) {
    const each = words[index]!;
    const { word, quoted } = each;
    const pathLike = looksLikePath(word);
    if (!quoted && joins.test(word)) {
      // "find bugs in src": what follows may be a folder.
      expectPath ||= /^(in|under)$/i.test(word);
      continue;
    }
    if (!pathLike && !quoted && !expectPath && !containers.test(word)) continue;
    const places = mayBePlace(word, pathLike || quoted) ? await find(word) : [];
    const whole =
      places.length > 0 ? { ...each, places, until: index } : await ofSeveralWords(index, pathLike);
    if (whole !== undefined) {
      named.push(whole);
      index = whole.until;
      expectPath = true;
    } else if (pathLike && !isPair(word) && (await isSurely(word))) {
      missing.add(word);
      surelyMissing.add(word);
    } else if (pathLike && isLikely(word, expectPath, words[index + 1]?.word)) missing.add(word);
    else expectPath = containers.test(word) || (expectPath && verbs.test(word));
  }
  return { named, missing: [...missing], surelyMissing: [...surelyMissing] };

  /** A path with spaces that nobody quoted, such as `my folder/a.ts`: words up to here and behind it, the most first. */
  async function ofSeveralWords(
    at: number,
    pathLike: boolean,
  ): Promise<(NamedPlace & { until: number }) | undefined> {
    if (words[at]!.quoted) return undefined;
    for (let from = Math.max(0, pathLike ? at - maxWordsOfPath + 1 : at); from <= at; from += 1) {
      const until = Math.min(words.length, from + maxWordsOfPath) - 1;
      for (let to = until; to >= Math.max(at, from + 1); to -= 1) {
        const part = words.slice(from, to + 1);
        const { start } = part[0]!;
        const { end, lines } = part.at(-1)!;
        const word = task.slice(start, end);
        // `review ..` is no folder, so that nothing can lie above or below it.
        if (part.some(({ quoted }) => quoted) || /[\n,;]|\.\.|(?:^|\s)\.\//.test(word)) continue;
        if (lookups >= maxLookups) return undefined;
        lookups += 1;
        const places = await find(word);
        if (places.length > 0) return { word, places, start, end, lines, quoted: false, until: to };
      }
    }
    return undefined;
  }

  async function isSurely(word: string): Promise<boolean> {
    if (isFile(word) || saysWhere(word)) return true;
    const first = word.replace(/^@/, '').split(/[\\/]/)[0]!;
    if (!hasSlash(word) || !canNameFolder(first)) return false;
    const [place] = await find(first);
    return place !== undefined && (await files.resolve(place)).kind === 'directory';
  }
}

/** Bare words of the root are read as folders at most; anything else would make scopes of plain words. */
const mayBePlace = (word: string, isWritten: boolean) =>
  word !== '' && word.length <= 500 && (isWritten || canNameFolder(word));

/** Whether a word with a slash was meant as a path, though nothing in the project says so. */
function isLikely(word: string, expectPath: boolean, next: string | undefined): boolean {
  if (/^[\\/]|[\\/]$/.test(word) || isPattern(word)) return /\p{L}/u.test(word);
  return hasSlash(word) && expectPath && /\p{L}/u.test(word) && !isPair(word) && !isPhrase(word, next);
}

/** Words between a verb and a path, or two paths; they name nothing, also where a folder is called so. */
const joins = /^(at|in|on|under|of|and|the|please|over|through|only|plus)$/i;
const verbs = /^(review|check|audit|look|analy[sz]e|inspect|scan|examine|assess|read|code)$/i;
const containers = /^(folders?|directory|files?)$/i;
