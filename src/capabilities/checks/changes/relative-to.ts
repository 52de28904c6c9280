import { isAppError } from '../../../kernel/index.ts';
import type { ProjectFiles } from '../../../platform/files/index.ts';

/**
 * A path that a person named, project-relative with forward slashes. It may name what changes hold and is no longer there.
 * Errors: those of `ProjectFiles.resolve` but `files.not_found`.
 */
export async function relativeTo(files: ProjectFiles, path: string): Promise<string> {
  return files.resolve(path).then(
    ({ relative }) => relative,
    (error: unknown) => {
      if (isAppError(error, 'files.not_found'))
        return path.replaceAll('\\', '/').replace(/^(?:\.\/)+|\/+$/g, '');
      throw error;
    },
  );
}
