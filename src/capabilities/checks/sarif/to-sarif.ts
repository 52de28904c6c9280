import { createHash } from 'node:crypto';
import { nameOfId } from '../../standards/index.ts';
import type { CheckOutput, LeftOutFinding, StandardFinding } from '../contract/index.ts';
import type { SarifLog, SarifNotification, SarifResult, SarifRule } from './sarif-log.ts';

const levels = { critical: 'error', high: 'error', medium: 'warning', low: 'note' } as const;

/** The base that code hosts take a file's path from; which folder that is, they know. */
const base = '%SRCROOT%';

/**
 * A check as a SARIF 2.1.0 log: a rule for each standard, a result for each finding, and a notification for whatever was
 * not looked at or is left out by a comment. With `suppressed` the latter are results too, marked as suppressed in the
 * source. Findings keep their fingerprint when lines above them come and go, and when a comment leaves one out.
 */
export function toSarif(
  output: CheckOutput,
  { version, suppressed }: { version: string; suppressed: boolean },
): SarifLog {
  const { findings, checked, not_checked: notChecked, skipped, left_out: leftOut, incomplete } = output;
  const ruleIds = [
    ...new Set([...checked, ...[...findings, ...(suppressed ? leftOut : [])].map((one) => one.standard)]),
  ];
  const indexes = new Map(ruleIds.map((standard, index) => [standard, index]));
  const seen = new Map<string, number>();
  const fingerprintOf = (finding: StandardFinding) => {
    const hash = hashOf([
      nameOfId(finding.standard),
      nameOfId(finding.rule ?? ''),
      finding.file,
      finding.quote.replaceAll(/\s+/g, ' '),
    ]);
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    return `${hash}:${count}`;
  };
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Troupe',
            semanticVersion: version,
            rules: ruleIds.map(ruleOf),
          },
        },
        invocations: [
          {
            executionSuccessful: !incomplete,
            toolExecutionNotifications: [
              ...notChecked.flatMap(({ standards, reason }) =>
                standards.map((standard) => notice(`${standard} was not checked: ${reason}`)),
              ),
              ...skipped.map(({ file, reason }) => notice(`${file} was not looked at: ${reason}`)),
              ...(suppressed ? [] : leftOut).map(({ file, line, standard, reason }) =>
                notice(`${file}:${line} is left out of ${standard} by a comment: ${reason}`),
              ),
            ],
          },
        ],
        originalUriBaseIds: { [base]: { description: { text: "The project's root." } } },
        columnKind: 'utf16CodeUnits',
        results: inPlace(findings, leftOut).flatMap((one): SarifResult[] => {
          const fingerprint = fingerprintOf(one);
          const isLeftOut = 'reason' in one;
          if (isLeftOut && !suppressed) return [];
          const result = resultOf(one, indexes.get(one.standard)!, fingerprint);
          if (!suppressed) return [result];
          const suppressions = isLeftOut ? [{ kind: 'inSource' as const, justification: one.reason }] : [];
          return [{ ...result, suppressions }];
        }),
      },
    ],
  };
}

/** Both by file and line, as each list is: of two that are alike, a fingerprint tells which comes first. */
function inPlace(
  findings: readonly StandardFinding[],
  leftOut: readonly LeftOutFinding[],
): (StandardFinding | LeftOutFinding)[] {
  return [...findings, ...leftOut].sort((a, b) =>
    a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1,
  );
}

function ruleOf(standard: string): SarifRule {
  const words = standard.split('/').at(-1)!.replaceAll('-', ' ');
  const text = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  const help = `\`troupe standards show ${standard}\` prints the standard.`;
  return {
    // The same whether or not the project has one of its name: of both, one at most is in force.
    id: nameOfId(standard),
    name: nameOfId(standard).replaceAll(/(?:^|[/-])([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text },
    fullDescription: { text: `Departs from the standard "${text}".` },
    help: { text: help, markdown: help },
    properties: { tags: ['standard', nameOfId(standard).split('/')[0]!] },
  };
}

function resultOf(finding: StandardFinding, ruleIndex: number, fingerprint: string): SarifResult {
  const { file, line, standard, severity, section, rule, message, quote } = finding;
  return {
    ruleId: nameOfId(standard),
    ruleIndex,
    level: levels[severity],
    message: { text: `${message} (${standard}, ${section})` },
    locations: [placeOf(file, { startLine: line, snippet: { text: quote } })],
    partialFingerprints: { primaryLocationLineHash: fingerprint },
    properties: { severity, section, ...(rule === null ? {} : { rule }) },
  };
}

function placeOf(file: string, region: { startLine: number; snippet: { text: string } }) {
  return { physicalLocation: { artifactLocation: { uri: uriOf(file), uriBaseId: base }, region } };
}

/** A relative reference: each segment escaped, and none that could be read as a scheme. */
function uriOf(file: string): string {
  return file.toWellFormed().split('/').map(encodeURIComponent).join('/');
}

const notice = (text: string): SarifNotification => ({ level: 'note', message: { text } });

const hashOf = (parts: readonly string[]) =>
  createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);
