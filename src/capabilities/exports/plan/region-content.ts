import { inOrder, type Digest } from '../digest/digest.ts';
import type { FormatLoss, RegionFormat } from '../formats/export-format.ts';
import type { RegionPlace } from '../marker/marked-region.ts';
import type { NotApproved } from './not-approved.ts';
import type { PlannedFile } from './planned-file.ts';

/** What is to stand in a region. */
export interface RegionContent {
  /** Between the marks; empty for no region. */
  content: string;
  losses: FormatLoss[];
  /** As `PlannedFile.left`. */
  left: NonNullable<PlannedFile['left']>;
  /** What becomes of the region where it cannot be rewritten. */
  refusal?: { action: 'left' | 'conflict'; reason: string };
}

/**
 * What is to stand in a region, given what stands there: the standards approved here anew, and of those that are not the
 * sections that stand, as they are.
 */
export function regionContent(
  format: RegionFormat,
  digests: readonly Digest[],
  notApproved: readonly NotApproved[],
  place: RegionPlace,
): RegionContent {
  if (place.state === 'none' || place.state === 'broken') return { ...format.region(digests, []), left: [] };
  const { sections, inShort, isCounting } = format.entriesOf(place.content);
  const held = notApproved.filter(({ id, file }) => sections.has(file) || inShort.has(id));
  const left = held.map(({ id, reason }) => ({ standard: id, reason }));
  const others = new Set(held.map(({ id }) => id));
  // Where one of the project stands, the shipped one of its name has no place.
  const own = digests.filter(({ id, universal }) => !(universal && others.has(id)));
  if (place.state === 'edited') return ifMerged(format, own, held, place.content);
  const kept = held.flatMap(({ id, file }) => {
    const text = sections.get(file);
    return text === undefined ? [] : [{ id, text }];
  });
  const content = format.region(own, kept);
  // What has a line only, or is counted only, had to be shortened: which are is decided over all of them at once.
  const short = held.filter(({ file }) => !sections.has(file)).map(({ id }) => id);
  const isUnknown = isCounting && held.length < notApproved.length;
  if (short.length === 0 && !isUnknown) return { ...content, left };
  const what =
    short.length > 0 ? `says ${short.join(', ')} in short` : 'counts standards without their names';
  const reason = `its region ${what}, and not every standard of the project is approved on this machine: \`troupe standards adopt\` shows those, then export again`;
  const unsaid = isUnknown ? notApproved : held;
  return {
    ...content,
    left: unsaid.map(({ id }) => ({ standard: id, reason })),
    refusal: { action: 'left', reason },
  };
}

/**
 * A merge of two exports may leave the text that an export would make now, with the mark of one of them: then it is no edit.
 * Texts that are not approved here are compared for that, and not written.
 */
function ifMerged(
  format: RegionFormat,
  digests: readonly Digest[],
  held: readonly NotApproved[],
  standing: string,
): RegionContent {
  const texts = held.flatMap(({ digest }) => digest ?? []);
  const merged = format.region([...digests, ...texts].sort(inOrder), []);
  if (merged.content === standing)
    return { ...merged, left: held.map(({ id, reason }) => ({ standard: id, reason })) };
  const first =
    held.length === 0
      ? ''
      : `adopt ${held.map(({ id }) => id).join(', ')}, which it holds (\`troupe standards adopt\`), `;
  const reason = `its region was edited by hand: ${first}move the edit into a standard, delete the region and export again`;
  return { ...merged, left: [], refusal: { action: 'conflict', reason } };
}
