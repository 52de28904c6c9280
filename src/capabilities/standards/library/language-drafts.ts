import { counted, isAppError } from '../../../kernel/index.ts';
import type { ProjectFiles } from '../../../platform/files/index.ts';
import { standardErrors } from '../errors.ts';
import { mayHold } from './gone-standards.ts';
import { listStandardFiles } from './list-standard-files.ts';
import { readStandardText } from './read-standard-text.ts';
import type { StandardsLibrary } from './standards-library.ts';

/** Drafts that a project does not have yet. */
export interface LanguageDrafts {
  /** Languages they are for, the one with most files first. */
  languages: string[];
  /** By language, then topic; the text says which layer it is from. */
  drafts: { domain: string; topic: string; text: string }[];
  /** Where there are none: what was looked at, and what a person can do, in sentences. */
  whyNone?: string;
}

/** What drafts are looked for with; sizes in bytes. */
export interface LanguageDraftsOptions {
  files: ProjectFiles;
  library: StandardsLibrary;
  /** The folder that ships with Troupe; see `shippedStandardsFolders`. */
  languageFolder: string;
  limits: { maxDocumentBytes: number; maxFiles: number };
}

/** Which language a file is written in, by the end of its name. TypeScript's drafts are JavaScript's too. */
const languageOf: Readonly<Record<string, string>> = {
  ts: 'typescript',
  tsx: 'typescript',
  mts: 'typescript',
  cts: 'typescript',
  js: 'typescript',
  jsx: 'typescript',
  mjs: 'typescript',
  cjs: 'typescript',
  py: 'python',
  pyi: 'python',
  go: 'go',
  java: 'java',
};

/** A language with fewer files is not one of the project: a configuration, a script. */
const leastFiles = 3;

/**
 * The drafts for a language, or for those the project is written in: at least three files, and a twentieth of all that
 * are in a known language. A standard that the project has, approved or not, is not drafted again.
 * Errors: `standards.no_drafts` for a language that has none, `standards.unusable` where the project's own cannot be read,
 * and those of listing files.
 */
export async function languageDrafts(
  { files, library, languageFolder, limits }: LanguageDraftsOptions,
  asked: string | undefined,
): Promise<LanguageDrafts> {
  const [{ files: shipped }, { entries, skipped }] = await Promise.all([
    listStandardFiles(languageFolder, limits.maxFiles),
    library.list(),
  ]);
  const offered = [...new Set(shipped.map(({ domain }) => domain))];
  const wanted = asked?.toLowerCase();
  if (wanted !== undefined && !offered.includes(wanted)) {
    throw standardErrors.make('standards.no_drafts', { language: asked!.slice(0, 100), offered });
  }
  const found = wanted === undefined ? await filesByLanguage(files) : undefined;
  const languages = found === undefined ? [wanted!] : languagesOf(found);
  // What is drafted must not be there already, and nobody can say that of a folder that cannot be read.
  const unread = skipped.find(
    ({ file, isFolder }) => isFolder === true && languages.some((language) => mayHold(file, `${language}/`)),
  );
  if (unread !== undefined) throw standardErrors.make('standards.unusable', unread);
  const taken = new Set(entries.filter(({ layer }) => layer !== 'universal').map(({ id }) => id));
  const drafts = languages
    .flatMap((language) => shipped.filter(({ domain }) => domain === language))
    .filter(({ domain, topic }) => !taken.has(`${domain}/${topic}`))
    .map(({ domain, topic, absolutePath }) => {
      const text = readStandardText(absolutePath, `${domain}/${topic}.md`, limits.maxDocumentBytes);
      return { domain, topic, text: markedAsLanguage(text) };
    });
  if (drafts.length > 0) return { languages, drafts };
  return { languages, drafts, whyNone: whyNone(languages, found, offered) };
}

/** How many files of the project are in each known language. */
type FilesByLanguage = ReadonlyMap<string, number>;

function whyNone(
  languages: readonly string[],
  found: FilesByLanguage | undefined,
  offered: readonly string[],
): string {
  if (languages.length > 0) return `The project has every standard that is drafted for ${listed(languages)}.`;
  const [first] = found?.keys() ?? [];
  const command = `\`troupe standards generate ${first ?? offered[0]}\``;
  if (first === undefined)
    return `No file of the project is in a language that there are drafts for (${listed(offered)}). Name one to have its drafts anyway, as in ${command}.`;
  const counts = [...found!].map(([language, count]) => `${language}: ${counted(count, 'file')}`);
  return `A language is looked at from ${leastFiles} files on, and a twentieth of those in any known language; here there are ${listed(counts)}. Name one to have its drafts anyway: ${command}.`;
}

const listed = (words: readonly string[]) => words.join(', ');

async function filesByLanguage(files: ProjectFiles): Promise<FilesByLanguage> {
  const listing = await files.list().catch((error: unknown) => {
    if (isAppError(error, 'files.not_found')) return { files: [] };
    throw error;
  });
  const counts = new Map<string, number>();
  for (const { path } of listing.files) {
    const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
    const language = Object.hasOwn(languageOf, ending) ? languageOf[ending]! : undefined;
    if (language !== undefined) counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  return new Map([...counts].toSorted((a, b) => b[1] - a[1]));
}

function languagesOf(found: FilesByLanguage): string[] {
  const total = [...found.values()].reduce((sum, count) => sum + count, 0);
  return [...found]
    .filter(([, count]) => count >= leastFiles && count * 20 >= total)
    .map(([language]) => language);
}

/** The project's file says where it came from, so that it stays in its layer. */
const markedAsLanguage = (text: string) =>
  /^layer:/m.test(text) ? text : text.replace(/^topic:.*$/m, '$&\nlayer: language');
