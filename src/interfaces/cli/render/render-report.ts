import {
  isPlacesNotFound,
  leftOutLines,
  mostlySkipped,
  proposedText,
  skippedKinds,
  whyOffline,
  type Finding,
  type ReviewReport,
  type Severity,
} from '../../../capabilities/work/contract/index.ts';
import type { Paint } from '../terminal/paint.ts';

const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** Findings shown unless `--all` is given: one screen of what matters. */
const shownByDefault = 12;

/** A review for a person at a terminal: who answers, worst first, places to click, one next step. */
export function renderReport(report: ReviewReport, paint: Paint, all: boolean): string {
  const shortId = report.job_id.slice(-4);
  return [
    headLine(report),
    [titleLine(report, paint), ...scopeLines(report)].join('\n'),
    endedPart(report, paint),
    findingsPart(report, paint, all, shortId),
    summaryPart(report),
    leftOutLines(report.left_out)
      .map((line, at) => (at === 0 ? line : `  ${line}`))
      .join('\n'),
    notLookedAt(report, shortId),
    notes(report),
    ...report.proposals.map((proposed) => plain(proposedText(proposed))),
    paint.dim(`job ${shortId} · \`troupe jobs steps ${shortId}\` shows every step`),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function headLine({ persona, model, offline, offline_because: because }: ReviewReport): string {
  return offline
    ? ` ${persona} · offline reviewer (rules and structure only: ${whyOffline(persona, because)})`
    : ` ${persona} · ${model}`;
}

function titleLine(report: ReviewReport, paint: Paint): string {
  const { input, output } = report.tokens_used;
  const cost = input + output > 0 && report.cost_usd !== null ? ` · $${report.cost_usd.toFixed(4)}` : '';
  const figures = `${report.duration_seconds ?? 0} s · ${input + output} tokens${cost}`;
  return `${paint.bold(`${report.persona}: ${report.scope ?? report.task}`)}   ${paint.dim(figures)}`;
}

/** What was looked at where the task does not say it, and what it names that is not there: before the findings. */
function scopeLines({
  scope,
  notes,
  files_in_scope: inScope,
  files_looked_at: lookedAt,
}: ReviewReport): string[] {
  const whole = 'Scope: the whole project, since no word of the task names a file or folder of it.';
  const few = mostlySkipped(inScope ?? 0, lookedAt ?? 0);
  return [
    ...(scope === 'the whole project' ? [whole] : []),
    ...(few === '' ? [] : [few]),
    ...notes.filter(isPlacesNotFound),
  ];
}

function endedPart({ status, error }: ReviewReport, paint: Paint): string {
  if (status === 'failed' && error !== null)
    return paint.red(`${error.code}: ${error.message} ${error.remedy}`);
  if (status === 'cancelled') return paint.yellow('Cancelled. What there was until then:');
  return '';
}

function findingsPart(
  { findings, status }: ReviewReport,
  paint: Paint,
  all: boolean,
  shortId: string,
): string {
  if (findings.length === 0) return status === 'complete' ? '' : 'No findings so far.';
  const placed = findings.filter((finding) => finding.place_verified);
  const shown = all ? placed : placed.slice(0, shownByDefault);
  const parts = severities.flatMap((severity) => {
    const ofSeverity = placed.filter((finding) => finding.severity === severity);
    const visible = shown.filter((finding) => finding.severity === severity);
    if (visible.length === 0) return [];
    return [`${severityName(severity, paint)}  ${ofSeverity.length}`, ...inGroups(visible, paint)];
  });
  const hidden = placed.filter((finding) => !shown.includes(finding));
  if (hidden.length > 0)
    parts.push(`${hidden.length} more (${bySeverity(hidden)}): \`troupe jobs findings ${shortId}\``);
  const unplaced = findings.length - placed.length;
  if (unplaced > 0) parts.push(`Not verified: ${unplaced}, their places do not hold the quoted code.`);
  return parts.join('\n\n');
}

/** `50 medium, 16 low` */
function bySeverity(findings: readonly Finding[]): string {
  return severities
    .map((severity) => ({ severity, count: findings.filter((one) => one.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}`)
    .join(', ');
}

function severityName(severity: Severity, paint: Paint): string {
  const name = severity.toUpperCase();
  if (severity === 'critical' || severity === 'high') return paint.bold(paint.red(name));
  return severity === 'medium' ? paint.bold(paint.yellow(name)) : paint.bold(name);
}

/** Findings of one rule share their reason and remedy; these are said once. */
function inGroups(findings: readonly Finding[], paint: Paint): string[] {
  const groups = Map.groupBy(findings, (finding) => finding.rule ?? finding.fingerprint);
  return [...groups.values()].map((group) => {
    const last = group.at(-1)!;
    return [
      ...group.map((finding) => placeLines(finding, paint)),
      `     ${last.why}`,
      `     → ${last.remedy}`,
      ...standardLines(group),
      ...(last.evidence === null ? [paint.dim('     claimed: no analyzer supports it')] : []),
    ].join('\n');
  });
}

/** The standards that findings of one rule depart from. */
function standardLines(findings: readonly Finding[]): string[] {
  const cited = new Set(findings.map(({ standard }) => standard).filter((standard) => standard !== null));
  return [...cited].map((standard) => `     Standard: ${standard}`);
}

function placeLines({ file, line, title, quote, rule, evidence }: Finding, paint: Paint): string {
  const source = [/CWE-\d+/.exec(evidence ?? '')?.[0], rule]
    .filter((part) => typeof part === 'string')
    .join('  ');
  return [
    `  ${paint.cyan(`${file}:${line}`)}   ${title}   ${paint.dim(source)}`.trimEnd(),
    ...quoteLines(quote, line).map((text) => paint.dim(text)),
  ].join('\n');
}

/** Lines of a quote that are shown: enough to see what a statement over several of them is about. */
const maxQuoteLines = 3;

function quoteLines(quote: string, firstLine: number): string[] {
  const lines = quote.trimEnd().split('\n');
  if (lines[0]!.trim() === '') return [];
  const [first, ...others] = lines.slice(0, maxQuoteLines);
  // The first line of a quote may lack its indent, so the others are set off from it by their own.
  const indent = Math.min(...others.filter((text) => text.trim() !== '').map((text) => text.search(/\S/)));
  const shown = [first!.trim(), ...others.map((text) => `  ${text.slice(indent)}`)];
  const more = lines.length > maxQuoteLines ? ' …' : '';
  return shown.map((text, n) => {
    const code = n === shown.length - 1 ? `${text.trimEnd()}${more}` : text.trimEnd();
    return `     ${String(firstLine + n).padStart(4)} │ ${code}`;
  });
}

function summaryPart({ summary, partial_result: partial, findings, offline }: ReviewReport): string {
  if (summary !== null) return plain(summary);
  // What the offline reviewer has so far is its findings; a model may have written more.
  return partial !== null && findings.length === 0 && !offline ? wordsOf(partial) : '';
}

/** What an unfinished review says below the lines that every review begins with, which stand above already. */
function wordsOf(partial: string): string {
  const [, , figures = '', ...words] = partial.split('\n\n');
  const said = / in scope · /.test(figures) ? words.join('\n\n') : partial;
  return plain(said.replace(/^#{1,6} /gm, ''));
}

/** Markdown emphasis is noise in a terminal. */
function plain(markdown: string): string {
  return markdown.replace(/\*\*(.+?)\*\*/g, '$1').trim();
}

function notLookedAt({ skipped }: ReviewReport, shortId: string): string {
  if (skipped.length === 0) return '';
  const kinds = skippedKinds(skipped).map(({ text }) => text);
  return `Not looked at: ${kinds.join(', ')}; \`troupe jobs findings ${shortId} --json\` names them.`;
}

function notes(report: ReviewReport): string {
  const others = report.notes.filter((note) => !isPlacesNotFound(note));
  return others.map((note) => `Note: ${note}`).join('\n');
}
