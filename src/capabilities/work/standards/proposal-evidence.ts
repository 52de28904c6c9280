import type { ProjectFiles } from '../../../platform/files/index.ts';
import type { StandardEvidence } from '../../standards/index.ts';
import type { FindingLedger } from '../findings/finding-ledger.ts';
import { verifyPlace, type Place } from '../findings/verify-place.ts';

/** Places that hold, and why others were left out. */
export interface CheckedEvidence {
  evidence: StandardEvidence[];
  /** One line for each place that was dropped. */
  dropped: string[];
}

/** Longest quote kept, characters: it only has to be found again. */
const longestQuote = 200;

/**
 * Checks the places a standard is derived from, as findings are checked; each place once. A line with a secret is kept
 * without its text.
 */
export async function checkEvidence(
  places: readonly Place[],
  context: {
    files: ProjectFiles;
    ledger: FindingLedger;
    redact: (text: string) => Promise<{ text: string; redacted: number }>;
  },
): Promise<CheckedEvidence> {
  const evidence = new Map<string, StandardEvidence>();
  const dropped: string[] = [];
  for (const claimed of places) {
    const place = await verifyPlace(claimed, context);
    // An analyzer of this job masked a secret in its quote: the place holds, the text is not shown.
    const isSeen = !place.verified && context.ledger.hasEvidenceAt(claimed);
    if (!place.verified && !isSeen) {
      dropped.push(`${claimed.file}:${claimed.line}: ${place.note}`);
      continue;
    }
    const { file, line } = place.verified ? place : claimed;
    const quote = place.quote.split('\n')[0]!.slice(0, longestQuote);
    const shown = isSeen || place.isMasked ? { file, line } : { file, line, quote };
    evidence.set(`${file}:${line}`, shown);
  }
  return { evidence: [...evidence.values()], dropped };
}
