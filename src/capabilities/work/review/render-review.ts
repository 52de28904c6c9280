import { counted, visibleName } from '../../../kernel/index.ts';
import {
  isPlacesNotFound,
  leftOutLines,
  mostlySkipped,
  proposedText,
  skippedKinds,
  whyOffline,
  type Finding,
  type ReviewData,
  type Severity,
} from '../contract/index.ts';

export interface ReviewFigures {
  durationMs: number;
  inputTokens: number;
  outputTokens: number;
  costUsd: number;
}

const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** Files named of each kind of what was skipped. */
const maxSkippedNamed = 3;

/** The review in Markdown. The first line says who answers and with what. */
export function renderReview(review: ReviewData, figures: ReviewFigures): string {
  return [
    headLine(review),
    `# ${review.persona}: ${visibleName(review.scope)}`,
    figuresLine(review, figures),
    ...review.notes.filter(isPlacesNotFound),
    mostlySkipped(review.files_in_scope, review.files_looked_at),
    review.summary.trim(),
    findingsPart(review),
    unplacedPart(review.unplaced),
    leftOutPart(review.left_out),
    notLookedAtPart(review.skipped),
    notesPart(review.notes.filter((note) => !isPlacesNotFound(note))),
    ...review.proposals.map(proposedText),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function headLine({ persona, model, offline, offline_because: because }: ReviewData): string {
  return offline
    ? `**${persona} · offline reviewer** (rules and structure only: ${whyOffline(persona, because)})`
    : `**${persona} · ${model}**`;
}

function figuresLine(
  review: ReviewData,
  { durationMs, inputTokens, outputTokens, costUsd }: ReviewFigures,
): string {
  const parts = [
    `${counted(review.files_in_scope, 'file')} in scope`,
    `${(durationMs / 1_000).toFixed(1)} s`,
  ];
  if (inputTokens + outputTokens === 0) parts.push('0 tokens');
  else parts.push(`${inputTokens} + ${outputTokens} tokens`, `$${costUsd.toFixed(4)}`);
  return parts.join(' · ');
}

function findingsPart({ findings, reviewed }: ReviewData): string {
  if (findings.length === 0) return reviewed ? '## Findings: none' : '';
  const counts = severities
    .map((severity) => ({ severity, n: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ n }) => n > 0);
  const title = `## Findings: ${counts.map(({ severity, n }) => `${n} ${severity}`).join(', ')}`;
  const groups = counts.map(({ severity }) => {
    const ofSeverity = findings.filter((finding) => finding.severity === severity);
    const byRule = Map.groupBy(ofSeverity, (finding) => finding.rule ?? finding.fingerprint);
    return [`### ${severity.toUpperCase()}`, ...[...byRule.values()].map(sameRuleText)].join('\n\n');
  });
  return [title, ...groups].join('\n\n');
}

/** Findings of one rule: each place, and once what they have in common. */
function sameRuleText(findings: readonly Finding[]): string {
  const places = findings.map(
    ({ file, line, title, quote }) =>
      `**${visibleName(file)}:${line}** ${oneLine(title)}${quote === '' ? '' : `\n\n${fenced(quote)}`}`,
  );
  const reasons = [...new Set(findings.map(({ why, remedy }) => `${why}\n\nFix: ${remedy}`))];
  const evidence = [...new Set(findings.map((finding) => finding.evidence))].map((support) =>
    support === null ? '_Claimed: no analyzer supports it._' : `_Evidence: ${support}._`,
  );
  const standards = [...new Set(findings.map(({ standard }) => standard))]
    .filter((standard) => standard !== null)
    .map((standard) => `Standard: \`${standard}\``);
  return [...places, ...reasons, ...standards, ...evidence].join('\n\n');
}

/** A title of several lines would begin parts of its own. */
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

/** A fence longer than any in the quote: code from the project cannot break out of it. */
function fenced(code: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${code}\n${fence}`;
}

function unplacedPart(unplaced: readonly Finding[]): string {
  if (unplaced.length === 0) return '';
  const lines = unplaced.map(
    (finding) =>
      `- ${finding.severity}: ${oneLine(finding.title)} (said to be at ${visibleName(finding.file)}:${finding.line}). ${oneLine(finding.why)}`,
  );
  return ['## Not verified: the named place does not hold the quoted code', ...lines].join('\n');
}

function notLookedAtPart(skipped: ReviewData['skipped']): string {
  if (skipped.length === 0) return '';
  const kinds = skippedKinds(skipped).map(({ text, files }) => {
    const more = files.length > maxSkippedNamed ? ` and ${files.length - maxSkippedNamed} more` : '';
    return `- ${text}: ${files.slice(0, maxSkippedNamed).map(visibleName).join(', ')}${more}`;
  });
  return [`## Not looked at: ${counted(skipped.length, 'file')}`, ...kinds].join('\n');
}

function leftOutPart(leftOut: ReviewData['left_out']): string {
  const [title, ...lines] = leftOutLines(leftOut);
  if (title === undefined) return '';
  return [`## ${title}`, ...lines.map((line) => `- ${oneLine(line)}`)].join('\n');
}

function notesPart(notes: readonly string[]): string {
  return notes.length === 0 ? '' : ['## Notes', ...notes.map((note) => `- ${visibleName(note)}`)].join('\n');
}
