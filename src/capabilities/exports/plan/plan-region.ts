import type { Digest } from '../digest/digest.ts';
import type { RegionFormat } from '../formats/export-format.ts';
import { findRegion, withoutRegion, withRegion } from '../marker/marked-region.ts';
import { byteOrderMark } from '../marker/plain-text.ts';
import type { PlannedFile } from './planned-file.ts';
import { readExisting } from './read-existing.ts';

/** What becomes of the region of a file that people write too; nothing where there is none and none is wanted. */
export async function planRegion(
  root: string,
  { path, target, region }: RegionFormat,
  digests: readonly Digest[],
): Promise<PlannedFile[]> {
  const content = region(digests);
  const conflict = (reason: string): PlannedFile[] => [
    { path, target, action: 'conflict', reason, content: null },
  ];
  const existing = await readExisting(root, path);
  if ('conflict' in existing) return content === '' ? [] : conflict(existing.conflict);
  const { absolute, text: before, isReadOnly } = existing;
  const place = findRegion(before ?? '');
  if (place.state === 'none' && content === '') return [];
  if (place.state === 'broken') return conflict(place.reason);
  if (place.state === 'edited')
    return conflict(
      'its region was edited by hand: move the edit into a standard, delete the region and export again',
    );
  if (place.state === 'own' && place.content === content)
    return [{ path, target, action: 'keep', reason: null, content: null }];
  if (isReadOnly) return conflict('it is read-only: make it writable and export again');
  if (content === '') {
    const left = withoutRegion(before!);
    // A file that held nothing else was made for the region.
    const after = left.replace(byteOrderMark, '').trim() === '' ? undefined : left;
    const reason = 'there is no standard left to export';
    return [{ path, target, action: 'remove', reason, content: null, write: { absolute, before, after } }];
  }
  const after = withRegion(before ?? '', content);
  const action = before === undefined ? 'create' : 'update';
  return [{ path, target, action, reason: null, content, write: { absolute, before, after } }];
}
