import type { FileFormat } from '../formats/export-format.ts';
import { nameOf } from '../formats/rule-files.ts';
import { pointerToFile } from '../digest/pointer.ts';
import { originOf } from '../marker/marked-file.ts';
import type { NotApproved } from './not-approved.ts';
import { edited } from './plan-files.ts';
import type { PlannedFile } from './planned-file.ts';
import { readExisting } from './read-existing.ts';

/** The files of a folder of rules that others exported of standards that are not approved here, and the standards' ids. */
export async function planLeft(
  root: string,
  format: FileFormat,
  notApproved: readonly NotApproved[],
): Promise<{ planned: PlannedFile[]; ids: ReadonlySet<string> }> {
  const planned: PlannedFile[] = [];
  const ids = new Set<string>();
  for (const one of notApproved) {
    const found = await leftOf(root, format, one);
    if (found === undefined) continue;
    planned.push(found);
    ids.add(one.id);
  }
  return { planned, ids };
}

/** Nothing where no file stands, or one that Troupe did not make, or one of the shipped standard of that name. */
async function leftOf(
  root: string,
  format: FileFormat,
  { id, file, reason }: NotApproved,
): Promise<PlannedFile | undefined> {
  const path = `${format.folder}/${nameOf(id, format)}`;
  const existing = await readExisting(root, path);
  if ('conflict' in existing || existing.text === undefined) return undefined;
  const { target } = format;
  const origin = originOf(existing.text);
  if (origin === 'edited')
    return {
      path,
      target,
      action: 'conflict',
      reason: `${edited}; of the standard: ${reason}`,
      content: null,
    };
  if (origin === 'foreign' || !existing.text.includes(pointerToFile(file))) return undefined;
  const left = [{ standard: id, reason }];
  return { path, target, action: 'left', reason, left, content: null };
}
