import { isBelow, type ProjectFiles } from '../../../platform/files/index.ts';
import { addedBy, type FileChange } from '../../../platform/git/index.ts';
import { changedFile, changesHere, type ChangedFile } from '../../checks/index.ts';
import { countMarks } from '../tools/redacted-marks.ts';
import type { ChangedLines } from './changed-lines.ts';

/** What a diff that goes with a task changes, compared with the files as they lie here. */
export interface ContextDiff {
  /** Lines that it adds, by file, from 1, in the version that it leaves: of files that can be judged. */
  lines: ChangedLines;
  /** Texts with it applied, of those files where it is not applied here. */
  texts: ReadonlyMap<string, string>;
  /** Files that are neither as it finds them nor as it leaves them, or cannot be read: their lines could be anywhere. */
  notComparable: readonly { file: string; reason: string }[];
  /** Files of which it shows no text. */
  binary: readonly string[];
  /** Every file that it leaves there. */
  files: readonly string[];
}

/**
 * Compares a diff with the project's files, those below `under` alone where that names any. A secret is masked in what a
 * job stores, so a file that does not fit is compared with its secrets masked too.
 */
export async function diffOfContext(
  diff: string,
  files: ProjectFiles,
  { under, redact }: { under: readonly string[]; redact: (text: string) => Promise<{ text: string }> },
): Promise<ContextDiff> {
  const changes = new Map([...(await changesHere(diff, files))].filter(([file]) => isBelow(file, under)));
  const masked: ProjectFiles = {
    ...files,
    async readText(path, options) {
      const file = await files.readText(path, options);
      return { ...file, text: (await redact(file.text)).text };
    },
  };
  const lines = new Map<string, ReadonlySet<number>>();
  const texts = new Map<string, string>();
  const notComparable: { file: string; reason: string }[] = [];
  const binary: string[] = [];
  for (const [file, change] of changes) {
    if (change.binary) {
      binary.push(file);
      continue;
    }
    let found = await changedFile(file, change, files);
    if (found.state === 'other' && countMarks(diff) > 0) found = await changedFile(file, change, masked);
    if (found.state === 'other') notComparable.push({ file, reason: found.reason });
    else {
      const added = linesAdded(change, found);
      if (added.size === 0) continue;
      lines.set(file, added);
      if (found.state === 'to-apply') texts.set(file, found.text);
    }
  }
  return { lines, texts, notComparable, binary, files: [...changes.keys()] };
}

function linesAdded({ patches }: FileChange, found: ChangedFile): ReadonlySet<number> {
  return found.state === 'to-apply' ? found.added : new Set(addedBy(patches ?? []).keys());
}
