import { isAppError } from '../../../kernel/index.ts';
import type { ProjectFiles } from '../../../platform/files/index.ts';
import { addedBy, applyHunks, leavesText, type FileChange } from '../../../platform/git/index.ts';

/** How a file of a diff stands to what lies here. */
export type ChangedFile =
  /** As the diff leaves it. */
  | { state: 'applied' }
  /** As the diff finds it, or to be made by it: with the text that the diff would leave. */
  | { state: 'to-apply'; text: string; added: ReadonlySet<number> }
  /** Neither, or not to be read. */
  | { state: 'other'; reason: string };

/**
 * Compares a change with the files here. A file that is as the diff leaves it counts as applied, also where only the
 * added lines are; one that is not here is looked for under its old name.
 */
export async function changedFile(
  file: string,
  change: FileChange,
  files: ProjectFiles,
): Promise<ChangedFile> {
  const { oldPath, hunks } = change;
  const here = await read(file, files);
  if ('text' in here) {
    if (leavesText(hunks, here.text)) return { state: 'applied' };
    const applied = oldPath === undefined ? undefined : applyHunks(here.text, hunks);
    if (applied !== undefined) return { state: 'to-apply', ...applied };
    const other = otherLine(here.text, change);
    if (other === undefined) return { state: 'applied' };
    return { state: 'other', reason: `neither as the diff finds it nor as it leaves it (line ${other})` };
  }
  if (!here.isMissing) return { state: 'other', reason: here.reason };
  if (files.isIgnored(file)) return { state: 'other', reason: 'ignored' };
  const before = await textBefore(file, oldPath, files);
  if ('reason' in before) return { state: 'other', reason: before.reason };
  const applied = applyHunks(before.text, hunks);
  return applied === undefined
    ? { state: 'other', reason: `not here, and ${oldPath ?? 'its text'} is not as the diff finds it` }
    : { state: 'to-apply', ...applied };
}

type Read = { text: string } | { reason: string; isMissing: boolean };

async function read(file: string, files: ProjectFiles): Promise<Read> {
  try {
    return { text: (await files.readText(file)).text };
  } catch (error) {
    if (!isAppError(error)) throw error;
    const isMissing = error.code === 'files.not_found';
    return { reason: isMissing ? 'not here' : error.message.replace(/\.$/, ''), isMissing };
  }
}

/** What a file that is not here had before: nothing where the diff makes it, else the text of its old name. */
async function textBefore(file: string, oldPath: string | undefined, files: ProjectFiles): Promise<Read> {
  if (oldPath === undefined) return { text: '' };
  return oldPath === file ? { reason: 'not here', isMissing: true } : await read(oldPath, files);
}

/** The first line that the diff adds and that does not stand there. */
function otherLine(text: string, { hunks }: FileChange): number | undefined {
  const here = text.split(/\r?\n/);
  return [...addedBy(hunks)].find(([number, content]) => here[number - 1] !== content)?.[0];
}
