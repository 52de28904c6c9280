import { readdir } from 'node:fs/promises';
import { extname } from 'node:path';
import type { PersonaProblem } from '../persona.ts';
import type { FolderLimits, LayerFolder } from './layer-folder.ts';

const looksLikeMarkdown = /^\.(?:markdown|mdx|mdc|mdown|md)$/i;

/**
 * The names of the persona files in a folder, sorted, and what was left out and why. A missing folder is empty.
 * Left out without a word are `README.md`, files that begin with a dot (editors' own) and other kinds of file.
 */
export async function listPersonaFiles(
  { folder, shownAs }: LayerFolder,
  limits: FolderLimits,
): Promise<{ files: string[]; problems: PersonaProblem[] }> {
  const problems: PersonaProblem[] = [];
  const report = (path: string, severity: 'error' | 'warning', message: string) =>
    problems.push({ path, line: undefined, severity, message });

  let entries;
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') report(shownAs, 'error', `the folder cannot be read (${code ?? String(error)})`);
    return { files: [], problems };
  }
  const files: string[] = [];
  for (const entry of entries) {
    const path = `${shownAs}/${entry.name}`;
    const extension = extname(entry.name);
    if (entry.name.startsWith('.') || entry.name.toLowerCase() === 'readme.md') continue;
    if (entry.isDirectory())
      report(`${path}/`, 'warning', 'folders inside the personas folder are not searched');
    else if (extension === '.md') files.push(entry.name);
    else if (looksLikeMarkdown.test(extension)) {
      report(path, 'warning', `personas end in ".md", this file in "${extension}"; it is not read`);
    }
  }
  files.sort();
  if (files.length > limits.maxFiles) {
    const message = `only ${limits.maxFiles} of ${files.length} files are read (personas.max_files), in order of their names`;
    files.length = limits.maxFiles;
    report(shownAs, 'error', message);
  }
  return { files: withoutTwins(files, shownAs, problems), problems };
}

/** On some disks `DBA.md` and `dba.md` are one file; where they are two, only the kebab-case one is read. */
function withoutTwins(files: readonly string[], shownAs: string, problems: PersonaProblem[]): string[] {
  const names = new Set(files);
  return files.filter((file) => {
    const twin = file.toLowerCase();
    if (twin === file || !names.has(twin)) return true;
    const message = `this file and ${twin} differ only in case, and are one file on other systems; delete one. ${twin} is read`;
    problems.push({ path: `${shownAs}/${file}`, line: undefined, severity: 'error', message });
    return false;
  });
}
