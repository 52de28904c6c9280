import { counted, isAppError } from '../../../kernel/index.ts';
import type { ProjectFiles } from '../../../platform/files/index.ts';
import {
  addedBy,
  applyPatches,
  isGitContent,
  leavesText,
  type AppliedPatches,
  type FileChange,
} from '../../../platform/git/index.ts';
import { flawInWords } from './flaw-in-words.ts';

/** How a file of a diff stands to what lies here. */
export type ChangedFile =
  /** As the diff leaves it. */
  | { state: 'applied' }
  /** As the diff finds it, or to be made by it: with the text that the diff would leave. */
  | { state: 'to-apply'; text: string; added: ReadonlySet<number> }
  /** Neither, or not to be read. */
  | { state: 'other'; reason: string };

/**
 * Compares a change, of one patch or of several in turn, with the files here. A file that is as the diff leaves it counts
 * as applied, also where only the added lines are; one that is not here is looked for under its old name. A change of which
 * not all can be read is compared only where no more than empty lines of it can be lost, and what lies here agrees.
 */
export async function changedFile(
  file: string,
  change: FileChange,
  files: ProjectFiles,
): Promise<ChangedFile> {
  const { oldPath, replaces, patches, flaw } = change;
  const asFlawed = flaw === undefined ? undefined : ({ state: 'other', reason: flawInWords(flaw) } as const);
  if (asFlawed !== undefined && flaw?.mayBeWhole !== true) return asFlawed;
  if (patches === undefined)
    return { state: 'other', reason: 'changed by a merge, or by patches that do not follow from each other' };
  const here = await read(file, files);
  if ('text' in here) {
    if (leavesText(patches, here.text)) return { state: 'applied' };
    const found = oldPath === undefined ? undefined : here.text;
    const before = replaces ? '' : found;
    const applied = before === undefined ? undefined : textLeft(before, change);
    if (applied !== undefined) return { state: 'to-apply', ...applied };
    if (asFlawed !== undefined) return asFlawed;
    const other = otherLine(here.text, patches);
    if (other === undefined) return { state: 'applied' };
    const how =
      patches.length === 1
        ? 'as the diff finds it nor as it leaves it'
        : `as ${counted(patches.length, 'patch', 'patches')} in turn find it nor as they leave it`;
    return { state: 'other', reason: `neither ${how}, line ${other}` };
  }
  if (!here.isMissing) return { state: 'other', reason: here.reason };
  if (files.isIgnored(file)) return { state: 'other', reason: 'ignored' };
  const before = await textBefore(file, oldPath, files);
  if ('reason' in before) return { state: 'other', reason: before.reason };
  const applied = textLeft(before.text, change);
  if (applied !== undefined) return { state: 'to-apply', ...applied };
  return (
    asFlawed ?? {
      state: 'other',
      reason: `not here, and ${oldPath ?? 'its text'} is not as the diff finds it`,
    }
  );
}

/** The text that a change leaves. What it says of it decides whether lines that it lost were empty. */
function textLeft(before: string, { patches, flaw, leavesId }: FileChange): AppliedPatches | undefined {
  const applied = patches === undefined ? undefined : applyPatches(before, patches);
  if (flaw === undefined || applied === undefined || leavesId === undefined) return applied;
  return isGitContent(applied.text, leavesId) ? applied : undefined;
}

type Read = { text: string } | { reason: string; isMissing: boolean };

async function read(file: string, files: ProjectFiles): Promise<Read> {
  try {
    return { text: (await files.readText(file)).text };
  } catch (error) {
    if (!isAppError(error)) throw error;
    const isMissing = error.code === 'files.not_found';
    return { reason: isMissing ? 'not here' : withoutName(error.message, file), isMissing };
  }
}

/** A message that begins with the file, which is named beside the reason. */
function withoutName(message: string, file: string): string {
  const reason = message.replace(/\.$/, '');
  return reason.startsWith(`${file} `) ? reason.slice(file.length + 1) : reason;
}

/** What a file that is not here had before: nothing where the diff makes it, else the text of its old name. */
async function textBefore(file: string, oldPath: string | undefined, files: ProjectFiles): Promise<Read> {
  if (oldPath === undefined) return { text: '' };
  return oldPath === file ? { reason: 'not here', isMissing: true } : await read(oldPath, files);
}

/** The first line that the patches add and that does not stand there. */
function otherLine(text: string, patches: NonNullable<FileChange['patches']>): number | undefined {
  const here = text.split(/\r?\n/);
  return [...addedBy(patches)].find(([number, content]) => here[number - 1] !== content)?.[0];
}
