import { z } from 'zod';
import { severity, type Finding } from '../contract/index.ts';
import { fingerprintOf } from '../findings/fingerprint.ts';
import type { FindingLedger } from '../findings/finding-ledger.ts';
import { verifyPlace, type Place, type VerifiedPlace } from '../findings/verify-place.ts';
import { workTool } from './work-tool.ts';

export const reportFindingTool = workTool({
  name: 'report_finding',
  description:
    'Report one finding. Its place is checked against the file at once; name the rule when an analyzer supports it.',
  phase: 'analyzing',
  input: z.object({
    severity: severity.describe('critical, high, medium or low.'),
    file: z.string().min(1).describe('Project-relative path.'),
    line: z.int().min(1).describe('Line where the offending code begins, from 1.'),
    quote: z.string().max(2_000).describe('That line, exactly as it stands in the file.'),
    title: z.string().min(1).max(200).describe('What is wrong, in a few words.'),
    why: z.string().min(1).max(2_000).describe('What goes wrong, and for whom, here.'),
    remedy: z.string().min(1).max(2_000).describe('What to write instead.'),
    rule: z.string().max(200).optional().describe('Rule of run_analyzers that supports it.'),
  }),
  async run({ severity, file, line, quote, title, why, remedy, rule }, { files, ledger }) {
    const claimed = { file, line, quote };
    const place = seenByAnalyzer(claimed, rule, ledger) ?? (await verifyPlace(claimed, files));
    const evidence = ledger.evidenceFor({ rule: rule ?? null, file: place.file, line: place.line });
    const finding: Finding = {
      file: place.file,
      line: place.line,
      severity,
      rule: rule ?? null,
      title,
      quote: place.quote,
      why,
      remedy,
      place_verified: place.verified,
      evidence:
        evidence === undefined
          ? null
          : [`${evidence.analyzer} rule ${evidence.rule}`, evidence.reference].filter(Boolean).join(', '),
      fingerprint: fingerprintOf({ rule: rule ?? null, title, file: place.file, quote: place.quote }),
    };
    return {
      text: verdict(finding, place.note, rule),
      summary: `${severity}: ${title} (${place.file}:${place.line})`,
      finding,
    };
  },
});

/**
 * An analyzer has read this place in this job, so it need not be read again; and where it masked a secret in its
 * quote, only it can tell.
 */
function seenByAnalyzer(
  claimed: Place,
  rule: string | undefined,
  ledger: FindingLedger,
): VerifiedPlace | undefined {
  const seen = ledger.evidenceFor({ rule: rule ?? null, file: claimed.file, line: claimed.line });
  const same = seen?.line === claimed.line && seen.quote === claimed.quote;
  return same ? { ...claimed, verified: true, note: undefined } : undefined;
}

function verdict(finding: Finding, note: string | undefined, rule: string | undefined): string {
  const placed = finding.place_verified
    ? `Recorded at ${finding.file}:${finding.line}; the place is verified.`
    : 'Recorded apart: its place could not be verified. Read the file and report it again with the exact line.';
  const supported =
    finding.evidence !== null
      ? ' An analyzer supports it.'
      : rule === undefined
        ? ''
        : ` No result of ${rule} at this place: it counts as claimed, not proven.`;
  return `${placed}${supported}${note === undefined ? '' : ` ${note}`}`;
}
