import type { Suppression } from '../evidence.ts';

/** `troupe-ignore <rule>: <reason>` in any comment; a rule without a reason is not honoured. */
const request = /\btroupe-ignore\s+([a-z0-9/-]+)\s*:\s*(\S.*?)\s*(?:\*\/|-->)?\s*$/;

export interface SuppressionTable {
  /** The reason given on the line of a finding or on the line above it. */
  reasonFor(rule: string, line: number): string | undefined;
}

export function suppressionsIn(text: string): SuppressionTable {
  const byLine = new Map<number, { rule: string; reason: string }>();
  if (text.includes('troupe-ignore')) {
    text.split('\n').forEach((line, at) => {
      const found = request.exec(line);
      if (found !== null) byLine.set(at + 1, { rule: found[1]!, reason: found[2]! });
    });
  }
  return {
    reasonFor(rule, line) {
      const given = [byLine.get(line), byLine.get(line - 1)].find(
        (s) => s !== undefined && (s.rule === rule || rule.endsWith(`/${s.rule}`)),
      );
      return given?.reason;
    },
  };
}

/** Splits findings into those that stand and those that a comment asks to leave out. */
export function applySuppressions<F extends { rule: string; line: number; file: string }>(
  findings: readonly F[],
  table: SuppressionTable,
): { standing: F[]; suppressed: Suppression[] } {
  const standing: F[] = [];
  const suppressed: Suppression[] = [];
  for (const finding of findings) {
    const reason = table.reasonFor(finding.rule, finding.line);
    if (reason === undefined) standing.push(finding);
    else suppressed.push({ file: finding.file, line: finding.line, rule: finding.rule, reason });
  }
  return { standing, suppressed };
}
