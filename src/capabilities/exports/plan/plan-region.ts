import type { RegionFormat } from '../formats/export-format.ts';
import { findRegion, withoutRegion, withRegion } from '../marker/marked-region.ts';
import { byteOrderMark } from '../marker/plain-text.ts';
import type { PlannedFile } from './planned-file.ts';
import { readExisting } from './read-existing.ts';

/**
 * What becomes of the region of a file that people write too; nothing where there is none and none is wanted. A file that
 * is longer than its readers read carries a warning.
 */
export async function planRegion(
  root: string,
  format: RegionFormat,
  content: string,
): Promise<PlannedFile[]> {
  const { path, target } = format;
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
    return [{ path, target, action: 'keep', reason: null, content: null, ...tooLong(before!, format) }];
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
  const write = { absolute, before, after };
  return [{ path, target, action, reason: null, content, write, ...tooLong(after, format) }];
}

function tooLong(text: string, { path, readersStopAt }: RegionFormat): { warning?: string } {
  const { sizeBytes: limit, setting } = readersStopAt;
  const sizeBytes = Buffer.byteLength(text);
  if (sizeBytes <= limit) return {};
  const own = findRegion(text);
  const ofRegion = own.state === 'own' ? Buffer.byteLength(text.slice(own.start, own.end)) : 0;
  return {
    warning: `${path} has ${sizeBytes} bytes, ${ofRegion} of them Troupe's; tools stop reading after ${limit} bytes (${setting}), and the rest is lost. Shorten the text around Troupe's part, or raise the setting.`,
  };
}
