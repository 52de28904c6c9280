import { familyOfRule } from '../../analyzers/contract/index.ts';
import type { Evidence } from '../../analyzers/index.ts';
import type { Finding, Severity } from '../contract/index.ts';

const order: Record<Severity, number> = { critical: 0, high: 1, medium: 2, low: 3 };

/** How far, in lines, an analyzer's place may be from the claim it supports. */
const nearLines = 2;

/** What one job has found so far: evidence of the analyzers, and the persona's findings, each once. */
export interface FindingLedger {
  addEvidence(evidence: readonly Evidence[]): void;
  /** Evidence for a claim: of the named rule near that line, or `undefined`. */
  evidenceFor(claim: { rule: string | null; file: string; line: number }): Evidence | undefined;
  /** Whether an analyzer of this job quoted exactly this place. */
  hasEvidenceAt(place: { file: string; line: number; quote: string }): boolean;
  /** Places that rules of a family, such as `security/sql-from-string`, flagged in this job. */
  flaggedBy(family: string): readonly { file: string; line: number }[];
  /** False when the same finding was there already. */
  add(finding: Finding): boolean;
  /** Worst first, then by place. */
  readonly placed: readonly Finding[];
  readonly unplaced: readonly Finding[];
}

export function createFindingLedger(): FindingLedger {
  const evidenceByFile = new Map<string, Evidence[]>();
  const findings = new Map<string, Finding>();
  const sorted = (placed: boolean) =>
    [...findings.values()]
      .filter((finding) => finding.place_verified === placed)
      .sort((a, b) => order[a.severity] - order[b.severity] || compare(a.file, b.file) || a.line - b.line);
  return {
    addEvidence(evidence) {
      for (const item of evidence) {
        const ofFile = evidenceByFile.get(item.file);
        if (ofFile === undefined) evidenceByFile.set(item.file, [item]);
        else ofFile.push(item);
      }
    },
    evidenceFor({ rule, file, line }) {
      if (rule === null) return undefined;
      const near = (evidenceByFile.get(file) ?? []).filter(
        (item) => item.rule === rule && Math.abs(item.line - line) <= nearLines,
      );
      return near.sort((a, b) => Math.abs(a.line - line) - Math.abs(b.line - line))[0];
    },
    hasEvidenceAt({ file, line, quote }) {
      return (evidenceByFile.get(file) ?? []).some((item) => item.line === line && item.quote === quote);
    },
    flaggedBy(family) {
      const items = [...evidenceByFile.values()].flat().filter(({ rule }) => isOfFamily(rule, family));
      return [...new Map(items.map((item) => [`${item.file}:${item.line}`, item])).values()];
    },
    add(finding) {
      const key = `${finding.fingerprint} ${finding.place_verified ? finding.line : ''}`;
      if (findings.has(key)) return false;
      // Reported again with its right place, as the persona is told to.
      if (finding.place_verified) {
        for (const [old, { place_verified, file, title }] of findings) {
          if (!place_verified && file === finding.file && title === finding.title) findings.delete(old);
        }
      }
      findings.set(key, finding);
      return true;
    },
    get placed() {
      return sorted(true);
    },
    get unplaced() {
      return sorted(false);
    },
  };
}

const isOfFamily = (rule: string, family: string) => rule === family || familyOfRule(rule) === family;

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
