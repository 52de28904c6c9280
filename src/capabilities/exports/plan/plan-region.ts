import type { Digest } from '../digest/digest.ts';
import type { FormatLoss, RegionFormat } from '../formats/export-format.ts';
import { findRegion, withoutRegion, withRegion } from '../marker/marked-region.ts';
import { byteOrderMark } from '../marker/plain-text.ts';
import type { NotApproved } from './not-approved.ts';
import type { PlannedFile } from './planned-file.ts';
import { readExisting } from './read-existing.ts';
import { regionContent } from './region-content.ts';

/**
 * What becomes of the region of a file that people write too, nothing where there is none and none is wanted, and what is
 * shortened in it. What stands in it of standards that are not approved here stays. A file that is longer than its readers
 * read carries a warning.
 */
export async function planRegion(
  root: string,
  format: RegionFormat,
  digests: readonly Digest[],
  notApproved: readonly NotApproved[],
): Promise<{ planned: PlannedFile[]; losses: FormatLoss[] }> {
  const { path, target } = format;
  const existing = await readExisting(root, path);
  const before = 'conflict' in existing ? undefined : existing.text;
  const place = findRegion(before ?? '');
  const { content, losses, left, refusal } = regionContent(format, digests, notApproved, place);
  const plan = (rest: Omit<PlannedFile, 'path' | 'target' | 'left'>) => ({
    planned: [{ path, target, left, ...rest }],
    losses,
  });
  const conflict = (reason: string) => plan({ action: 'conflict', reason, content: null });
  if (place.state === 'none' && content === '') return { planned: [], losses };
  if ('conflict' in existing) return conflict(existing.conflict);
  if (place.state === 'broken') return conflict(place.reason);
  if (refusal !== undefined) return plan({ ...refusal, content: null, ...tooLong(before!, format) });
  if (place.state === 'own' && place.content === content) {
    const isOfOthers = digests.length === 0;
    const reason = isOfOthers ? ofOthers : null;
    const action = isOfOthers ? 'left' : 'keep';
    return plan({ action, reason, content: null, ...tooLong(before!, format) });
  }
  const { absolute, isReadOnly } = existing;
  if (isReadOnly) return conflict('it is read-only: make it writable and export again');
  if (content === '') {
    const rest = withoutRegion(before!);
    // A file that held nothing else was made for the region.
    const after = rest.replace(byteOrderMark, '').trim() === '' ? undefined : rest;
    const reason = 'there is no standard left to export';
    return plan({ action: 'remove', reason, content: null, write: { absolute, before, after } });
  }
  const after = withRegion(before ?? '', content);
  const action = before === undefined ? 'create' : 'update';
  const write = { absolute, before, after };
  return plan({ action, reason: null, content, write, ...tooLong(after, format) });
}

const ofOthers = 'nobody has approved on this machine what it holds: `troupe standards adopt` shows it';

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
