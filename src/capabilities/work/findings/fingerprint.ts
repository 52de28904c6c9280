import { createHash } from 'node:crypto';
import { normalised } from './verify-place.ts';

/**
 * Recognises the same finding in the next review: same rule (or title, without one), file and quoted code,
 * whatever line it has moved to. 16 hex digits.
 */
export function fingerprintOf(finding: {
  rule: string | null;
  title: string;
  file: string;
  quote: string;
}): string {
  const what = finding.rule ?? normalised(finding.title).toLowerCase();
  return createHash('sha256')
    .update([what, finding.file, normalised(finding.quote)].join('\0'))
    .digest('hex')
    .slice(0, 16);
}
