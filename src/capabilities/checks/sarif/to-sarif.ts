import { createHash } from 'node:crypto';
import { nameOfId } from '../../standards/index.ts';
import type { CheckOutput, StandardFinding } from '../contract/index.ts';
import type { SarifLog, SarifNotification, SarifResult, SarifRule } from './sarif-log.ts';

const levels = { critical: 'error', high: 'error', medium: 'warning', low: 'note' } as const;

/** The base that code hosts take a file's path from; which folder that is, they know. */
const base = '%SRCROOT%';

/**
 * A check as a SARIF 2.1.0 log: a rule for each standard, a result for each finding, and a notification for whatever was
 * not looked at. Findings keep their fingerprint when lines above them come and go.
 */
export function toSarif(output: CheckOutput, { version }: { version: string }): SarifLog {
  const { findings, checked, not_checked: notChecked, skipped, incomplete } = output;
  const ruleIds = [...new Set([...checked, ...findings.map(({ standard }) => standard)])];
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
            ],
          },
        ],
        originalUriBaseIds: { [base]: { description: { text: "The project's root." } } },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) =>
          resultOf(finding, indexes.get(finding.standard)!, fingerprintOf(finding)),
        ),
      },
    ],
  };
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
