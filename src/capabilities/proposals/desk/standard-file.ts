import { lstat, realpath } from 'node:fs/promises';
import path from 'node:path';
import { isAppError, utf8Text } from '../../../kernel/index.ts';
import { readRegularFile, writeFileAtomically } from '../../../platform/files/index.ts';
import { hashOfStandard, partsOfId, standardPath, withApproval } from '../../standards/index.ts';
import { proposalErrors } from '../errors.ts';

/** Where a standard would be written, proven to lie in the project's own folder of standards. */
export interface StandardTarget {
  absolute: string;
  /** As shown: `.agent-os/standards/{domain}/{topic}.md`. */
  file: string;
}

/**
 * The place of a standard. Its folders may be missing; those that are there must be real folders below the project's
 * root, since a link would have us write where nobody looked.
 * Errors: `standards.bad_name`, `proposals.outside_folder`, `proposals.folder_spelling`.
 */
export async function targetOf(root: string, id: string): Promise<StandardTarget> {
  const { domain, topic } = partsOfId(id);
  const file = standardPath(domain, topic);
  const steps = file.split('/');
  const realRoot = await realpath(root);
  for (let depth = 1; depth < steps.length; depth++) {
    const place = path.join(realRoot, ...steps.slice(0, depth));
    const facts = await lstat(place).catch(() => undefined);
    // Nothing there: nothing below it either.
    if (facts === undefined) break;
    const folder = steps.slice(0, depth).join('/');
    if (!facts.isDirectory()) throw proposalErrors.make('proposals.outside_folder', { file, folder });
    const there = path.basename(await realpath(place));
    // Where letters count alike in either case, the standard would be found under another id than was approved.
    if (there !== steps[depth - 1])
      throw proposalErrors.make('proposals.folder_spelling', { file, folder, there });
  }
  return { absolute: path.join(realRoot, ...steps), file };
}

/** Whether anything stands in the place, a dangling link included. */
export async function isTaken({ absolute }: StandardTarget): Promise<boolean> {
  return (await lstat(absolute).catch(() => undefined)) !== undefined;
}

/** What is written. */
export interface ApprovedText {
  number: number;
  id: string;
  text: string;
  approvedBy: string;
  /** Milliseconds since 1970. */
  approvedAt: number;
  /** Files larger than this are not ours, bytes. */
  maxFileBytes: number;
}

/**
 * Writes an approved standard, never over an existing file. Idempotent: its own file, left by an earlier try, counts
 * as written. Missing folders are made.
 * Errors: `proposals.in_the_way`, `proposals.outside_folder`, `proposals.folder_spelling`, `files.disk_full`, `files.not_writable`.
 */
export async function writeStandard(root: string, approved: ApprovedText): Promise<{ file: string }> {
  const { number, id, text, approvedBy, approvedAt, maxFileBytes } = approved;
  const target = await targetOf(root, id);
  const written = withApproval(text, { approvedBy, approvedAt: new Date(approvedAt).toISOString() });
  try {
    await writeFileAtomically(target.absolute, written, { exclusive: true });
  } catch (error) {
    if (!isAppError(error, 'files.exists')) throw error;
    const there = readRegularFile(target.absolute, maxFileBytes);
    const found = there.kind === 'text' ? utf8Text(there.bytes) : undefined;
    const isOurs = typeof found === 'string' && hashOfStandard(found) === hashOfStandard(text);
    if (!isOurs)
      throw proposalErrors.make('proposals.in_the_way', { file: target.file, number }, { cause: error });
  }
  return { file: target.file };
}
