import { isAppError } from '../../../kernel/index.ts';
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
  const languages = wanted === undefined ? await languagesIn(files) : [wanted];
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
  return { languages, drafts };
}

async function languagesIn(files: ProjectFiles): Promise<string[]> {
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
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return [...counts]
    .filter(([, count]) => count >= leastFiles && count * 20 >= total)
    .toSorted((a, b) => b[1] - a[1])
    .map(([language]) => language);
}

/** The project's file says where it came from, so that it stays in its layer. */
const markedAsLanguage = (text: string) =>
  /^layer:/m.test(text) ? text : text.replace(/^topic:.*$/m, '$&\nlayer: language');
