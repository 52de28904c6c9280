import { counted } from '../../../kernel/contract/index.ts';
import type { ProposedStandard } from './finding.ts';

/** Places named one by one; the inbox shows them all. */
const maxNamed = 3;

/** What a review says of a standard that it proposed. */
export function proposedText(proposed: ProposedStandard): string {
  const { title, places, flagged_now: flagged, request_number: number } = proposed;
  const count = Math.max(flagged, places.length);
  const files = new Set(places.map(({ file }) => file)).size;
  const named = places.slice(0, maxNamed).map(({ file, line }) => `${file}:${line}`);
  const more = count > named.length ? ` and ${count - named.length} more` : '';
  const inFiles = count > places.length ? '' : ` in ${counted(files, 'file')}`;
  return `**Proposed as a standard:** ${title}, at ${counted(count, 'place')}${inFiles} (${named.join(', ')}${more}). A person decides: \`troupe inbox show ${number}\`.`;
}
