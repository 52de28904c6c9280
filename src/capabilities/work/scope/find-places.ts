import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { resolve as resolvePath } from 'node:path';
import { isAppError } from '../../../kernel/index.ts';
import type { ProjectFiles } from '../../../platform/files/index.ts';

/** Most files that a pattern such as `src/*.ts` stands for one by one; more are the folder it looks in. */
const maxMatches = 20;

/** Whether a word is a pattern of paths; `**bold**` is none. */
export function isPattern(word: string): boolean {
  return /^[\p{L}\p{M}\p{N}_@.~+\-/[\]{},!?*]+$/u.test(word) && /\*.*[/.]|[/].*\*/.test(word);
}

/**
 * The places of the project that a word of a task names, project-relative: as written, as editors mention files
 * (`@src/a.ts`), with the slashes of Windows, with letters composed in another way, in another case where that fits one
 * place alone, or as a pattern. Errors: `files.outside_project`.
 */
export async function findPlaces(word: string, files: ProjectFiles): Promise<readonly string[]> {
  const plain = word.replaceAll('\\', '/');
  const bare = plain.replace(/^@/, '');
  const written = [word, plain, bare, bare.normalize('NFC'), bare.normalize('NFD')];
  for (const each of new Set(written)) {
    const found = await placeAt(each, files);
    if (found !== undefined) return [found];
  }
  if (isPattern(bare)) return matchesOf(bare, files);
  const inOtherCase = await placeInAnyCase(bare, files);
  return inOtherCase === undefined ? [] : [inOtherCase];
}

async function placeAt(word: string, files: ProjectFiles): Promise<string | undefined> {
  if (word === '') return undefined;
  try {
    return (await files.resolve(word)).relative;
  } catch (error) {
    // "/api/users" is a route, not a way out: only what is really there is refused.
    if (isAppError(error, 'files.outside_project') && existsSync(resolvePath(files.root, word))) throw error;
    return undefined;
  }
}

async function matchesOf(pattern: string, files: ProjectFiles): Promise<readonly string[]> {
  const fixed = pattern.slice(0, pattern.search(/[*?{[]/));
  const folder = await placeAt(fixed.slice(0, fixed.lastIndexOf('/') + 1) || '.', files);
  if (folder === undefined) return [];
  const listing = await files
    .list({ under: folder === '.' ? [] : [folder], glob: pattern })
    .catch(nothingFits);
  const paths = listing.files.map(({ path }) => path);
  return paths.length <= maxMatches ? paths : [folder];
}

function nothingFits(error: unknown): { files: readonly { path: string }[] } {
  if (isAppError(error)) return { files: [] };
  throw error;
}

/** Follows the path from the root; at each step one entry alone may fit in another case. */
async function placeInAnyCase(word: string, files: ProjectFiles): Promise<string | undefined> {
  if (!/^[^/].*[/.]/.test(word) || word.includes('..')) return undefined;
  let here = '.';
  for (const step of word.split('/').filter((part) => part !== '' && part !== '.')) {
    const { absolute } = await files.resolve(here);
    const entries = await readdir(absolute).catch((): string[] => []);
    const exact = entries.includes(step) ? [step] : entries.filter((entry) => sameLetters(entry, step));
    if (exact.length !== 1) return undefined;
    const next = await placeAt(here === '.' ? exact[0]! : `${here}/${exact[0]!}`, files);
    if (next === undefined) return undefined;
    here = next;
  }
  return here === '.' ? undefined : here;
}

const sameLetters = (a: string, b: string) => folded(a) === folded(b);
const folded = (name: string) => name.normalize('NFC').toLowerCase();
