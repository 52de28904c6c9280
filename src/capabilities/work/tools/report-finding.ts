import { z } from 'zod';
import type { Evidence } from '../../analyzers/index.ts';
import { severity, type Finding } from '../contract/index.ts';
import { fingerprintOf } from '../findings/fingerprint.ts';
import type { FindingLedger } from '../findings/finding-ledger.ts';
import { verifyPlace, type Place, type VerifiedPlace } from '../findings/verify-place.ts';
import { isCitable, type StandardsInUse } from '../standards/standards-in-use.ts';
import { countMarks } from './redacted-marks.ts';
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
    quote: z.string().max(2_000).describe('That line, exactly as read_file shows it.'),
    title: z.string().min(1).max(200).describe('What is wrong, in a few words.'),
    why: z.string().min(1).max(2_000).describe('What goes wrong, and for whom, here.'),
    remedy: z.string().min(1).max(2_000).describe('What to write instead.'),
    rule: z.string().max(200).optional().describe('Rule of run_analyzers that supports it.'),
    standard: z
      .string()
      .max(300)
      .optional()
      .describe('Approved standard it departs from: id or citation of search_standards.'),
  }),
  async run({ severity, file, line, quote, title, why, remedy, rule, standard }, context) {
    const { ledger } = context;
    const claimed = { file, line, quote };
    const place = seenByAnalyzer(claimed, rule, ledger) ?? (await verifyPlace(claimed, context));
    const evidence = ledger.evidenceFor({ rule: rule ?? null, file: place.file, line: place.line });
    const supported = evidence?.rule;
    const cited = await citedStandard({ named: standard, rule: supported }, context.standardsInUse);
    const finding: Finding = {
      file: place.file,
      line: place.line,
      severity,
      rule: rule ?? null,
      title,
      quote: quoteOf(place, evidence),
      why,
      remedy,
      place_verified: place.verified,
      standard: cited.citation,
      evidence:
        evidence === undefined
          ? null
          : [`${evidence.analyzer} rule ${evidence.rule}`, evidence.reference].filter(Boolean).join(', '),
      fingerprint: fingerprintOf({ rule: rule ?? null, title, file: place.file, quote: place.quote }),
    };
    return {
      text: [verdict(finding, place.note, rule), ...cited.notes].join(' '),
      summary: `${severity}: ${title} (${place.file}:${place.line})`,
      finding,
      ...(cited.notes.length === 0 ? {} : { notes: cited.notes }),
    };
  },
});

/**
 * The standard that a finding departs from: the one it names, else the one that carries its rule as a check. Only what a
 * person approved, or what ships with Troupe, is cited.
 */
async function citedStandard(
  { named, rule }: { named: string | undefined; rule: string | undefined },
  standards: StandardsInUse,
): Promise<{ citation: string | null; notes: string[] }> {
  const notes: string[] = [];
  if (named !== undefined && named.trim() !== '') {
    const cited = await standards.cite(named);
    if ('citation' in cited) return { citation: cited.citation, notes };
    notes.push(`Not cited: ${cited.refused}.`);
  }
  const carrier = rule === undefined ? undefined : await standards.carrierOf(rule);
  if (carrier === undefined) return { citation: null, notes };
  if (isCitable(carrier.approval)) return { citation: carrier.citation, notes };
  const why =
    carrier.approval === 'changed' ? 'was changed since a person approved it' : 'no person approved';
  notes.push(`Not cited: ${carrier.file}, which ${why}, though it carries the rule.`);
  return { citation: null, notes };
}

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
  return same ? { ...claimed, verified: true, isMasked: false, note: undefined } : undefined;
}

/** An analyzer that masks a literal by its place alone knows more than the scan for secrets. */
function quoteOf({ line, quote }: VerifiedPlace, evidence: Evidence | undefined): string {
  return evidence?.line === line && countMarks(evidence.quote) > 0 ? evidence.quote : quote;
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
