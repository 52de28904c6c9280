import { isAppError } from '../../../kernel/index.ts';
import type { ProjectFiles } from '../../../platform/files/index.ts';
import { inWords } from './scope-of-task.ts';

type Skipped = { file: string; reason: string };

/** Most tracked files named one by one. */
const maxTracked = 500;

/**
 * Places that a task names and ignore rules exclude. They are not read, also when named: a model may write the task, and a
 * rule may be what keeps a file from it. Who asked is told instead.
 */
export async function ignoredAmong(paths: readonly string[], files: ProjectFiles): Promise<string[]> {
  const kinds = await Promise.all(paths.map(async (path) => (await files.resolve(path)).kind));
  return paths.filter((path, index) => files.isIgnored(path, kinds[index]));
}

/** That places which the task names were not read, and what to do; `undefined` where there are none. */
export function whyUnread(ignored: readonly string[]): string | undefined {
  if (ignored.length === 0) return undefined;
  const [is, it] = ignored.length === 1 ? ['is', 'it'] : ['are', 'them'];
  return `${inWords(ignored)} ${is} ignored (.gitignore, .git/info/exclude, .agent-osignore, or what Troupe never reads, such as node_modules), so nothing read ${it}. Change that rule, or give the text as the context.`;
}

/**
 * Files below these places that git tracks although its rules ignore them, and which are left out here for those rules;
 * none where git cannot say. Errors: the signal's reason.
 */
export async function trackedAmongIgnored(
  paths: readonly string[],
  files: ProjectFiles,
  { gitTimeoutMs, signal }: { gitTimeoutMs: number; signal: AbortSignal },
): Promise<{ skipped: Skipped[]; notes: string[] }> {
  const { trackedThoughIgnored } = await import('../../../platform/git/index.ts');
  const found = await trackedThoughIgnored({
    root: files.root,
    paths,
    timeoutMs: gitTimeoutMs,
    signal,
  }).catch((error: unknown) => {
    signal.throwIfAborted();
    if (isAppError(error)) return { files: [], truncated: false };
    throw error;
  });
  const named = found.files.slice(0, maxTracked).filter((file) => files.isIgnored(file));
  const isMore = found.truncated || found.files.length > maxTracked;
  const more = `Git tracks more than ${maxTracked} files that its rules ignore; those beyond are not named, and not looked at.`;
  return {
    skipped: named.map((file) => ({ file, reason: 'ignored, though git tracks it' })),
    notes: isMore ? [more] : [],
  };
}
