import { isAppError } from '../../../kernel/index.ts';
import { compileGlob, plainGlobs, type ProjectFiles } from '../../../platform/files/index.ts';
import type { StandardDocument, StandardProblem } from '../document/standard.ts';

/** Paths that globs are tried on; `undefined` when the project holds more files than are listed. */
export async function pathsForGlobs(files: ProjectFiles): Promise<readonly string[] | undefined> {
  const { files: listed, skipped, truncated } = await files.list();
  return truncated ? undefined : [...listed, ...skipped].map(({ path }) => path);
}

/** Globs of `applies_to` that lead out of the project, or that no file of it matches now. */
export function globProblems(
  { appliesTo, keyLines }: Pick<StandardDocument, 'appliesTo' | 'keyLines'>,
  paths: readonly string[] | undefined,
): StandardProblem[] {
  return appliesTo.flatMap((glob, index): StandardProblem[] => {
    const message = problemOf(glob.replace(/^!/, ''), paths);
    const line = keyLines[`applies_to.${index}`] ?? keyLines['applies_to'] ?? 1;
    return message === undefined ? [] : [{ line, severity: 'warning', message }];
  });
}

function problemOf(glob: string, paths: readonly string[] | undefined): string | undefined {
  try {
    if (leadsOut(glob))
      return `"applies_to": ${glob} leads out of the project, where nothing can match; write it from the project's root`;
    if (paths?.some(compileGlob(glob)) !== false) return undefined;
    return `"applies_to": no file of the project matches ${glob}, read from the project's root`;
  } catch (error) {
    // The front matter says so already.
    if (isAppError(error, 'files.bad_glob')) return undefined;
    throw error;
  }
}

/** A step up in any of its alternatives, a home folder, or a drive. */
function leadsOut(glob: string): boolean {
  return /^(?:~|[A-Za-z]:)/.test(glob) || plainGlobs(glob).some((one) => one.split('/').includes('..'));
}
