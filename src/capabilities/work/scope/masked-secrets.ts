import { familyOfRule } from '../../analyzers/contract/index.ts';
import {
  secretRule,
  type AnalysisReport,
  type AnalysisRequest,
  type Evidence,
} from '../../analyzers/index.ts';
import { countMarks } from '../tools/redacted-marks.ts';
import type { ChangedLines } from './changed-lines.ts';

/**
 * A report with the secrets in the texts as evidence. They were masked when the job was stored, so that the scan for
 * secrets finds nothing where one stood; a mark in a line that counts says that there was one.
 */
export function secretsMasked(
  report: AnalysisReport,
  { files, trades }: Pick<AnalysisRequest, 'files' | 'trades'>,
  texts: ReadonlyMap<string, string>,
  linesThatCount: ChangedLines,
): AnalysisReport {
  const meant: readonly string[] = [secretRule.trade, familyOfRule(secretRule.id)];
  if (!trades.some((choice) => meant.includes(choice))) return report;
  const found = files.flatMap((file): Evidence[] => {
    const lines = texts.get(file)?.split(/\r?\n/) ?? [];
    const counts = linesThatCount.get(file);
    return lines.flatMap((text, index) => {
      const line = index + 1;
      if (countMarks(text) === 0 || counts?.has(line) === false || isSaid(report, file, line)) return [];
      const { family: _family, id: rule, ...about } = secretRule;
      return [{ ...about, rule, file, line, endLine: line, column: 1, quote: text.trim() }];
    });
  });
  return found.length === 0 ? report : { ...report, evidence: [...found, ...report.evidence] };
}

const isSaid = ({ evidence }: AnalysisReport, file: string, line: number) =>
  evidence.some(
    ({ file: its, line: at, rule }) =>
      its === file && at === line && /\/(?:secret-in-code$|hardcoded-)/.test(rule),
  );
