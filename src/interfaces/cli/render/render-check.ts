import type { CheckOutput, StandardFinding } from '../../../capabilities/checks/contract/index.ts';
import type { Paint } from '../terminal/paint.ts';

/** Standards named one by one where many have the same reason. */
const maxNamed = 5;

/** What departs from the standards, by file, then what was not looked at, then the outcome in a line. */
export function renderCheck(output: CheckOutput, paint: Paint): string {
  const { findings, not_checked: notChecked, skipped, left_out: leftOut } = output;
  const byFile = Map.groupBy(findings, ({ file }) => file);
  const ofFile = (own: readonly StandardFinding[]) =>
    [...Map.groupBy(own, ({ line }) => line).values()].map((place) => placeLines(place, paint)).join('\n');
  const parts = [
    ...[...byFile.values()].map(ofFile),
    reasonLines(
      'Not checked',
      notChecked.map(({ reason, standards }) => [reason, standards]),
      paint,
    ),
    reasonLines('Skipped', filesByReason(skipped), paint),
    reasonLines('Left out by comments', leftOutByReason(leftOut), paint),
    findings.length === 0 && !output.incomplete ? paint.green(output.message) : paint.bold(output.message),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** A line of code once, with everything it departs from, and the code below. */
function placeLines(findings: readonly StandardFinding[], paint: Paint): string {
  const place = `${findings[0]!.file}:${findings[0]!.line}`;
  const said = new Set(findings.map((finding) => claim(finding, paint)));
  const quotes = [...new Set(findings.map(({ quote }) => quote))];
  // One rule quotes the statement, another a part of it: the longer says both.
  const shown = quotes.filter((quote) => !quotes.some((other) => other !== quote && other.includes(quote)));
  return [
    ...[...said].map((text, index) => {
      const margin = index === 0 ? paint.cyan(place) : ' '.repeat(place.length);
      return `${margin}  ${text}`;
    }),
    ...shown.flatMap((quote) => quote.split('\n').map((text) => paint.dim(`    ${text}`))),
  ].join('\n');
}

function claim({ severity, message, standard, section }: StandardFinding, paint: Paint): string {
  const loud = severity === 'critical' || severity === 'high' ? paint.red : paint.yellow;
  return `${loud(severity)}  ${message}  ${paint.dim(`${standard} (${section})`)}`;
}

const filesByReason = (skipped: CheckOutput['skipped']): [string, string[]][] =>
  [...Map.groupBy(skipped, ({ reason }) => reason)].map(([reason, group]) => [
    reason,
    group.map(({ file }) => file),
  ]);

/** A line with a comment once for each standard: several rules of one may find the same there. */
const leftOutByReason = (leftOut: CheckOutput['left_out']): [string, string[]][] =>
  [...Map.groupBy(leftOut, ({ standard, reason }) => `${standard}, ${reason}`)].map(([reason, group]) => [
    reason,
    [...new Set(group.map(({ file, line }) => `${file}:${line}`))],
  ]);

/** One line for each reason, with what it is about. */
function reasonLines(
  title: string,
  groups: readonly (readonly [reason: string, names: readonly string[]])[],
  paint: Paint,
): string {
  if (groups.length === 0) return '';
  const lines = groups.map(([reason, names]) => {
    const more = names.length > maxNamed ? ` and ${names.length - maxNamed} more` : '';
    return `  ${names.slice(0, maxNamed).join(', ')}${more}: ${reason}`;
  });
  const count = groups.reduce((sum, [, names]) => sum + names.length, 0);
  return paint.dim([`${title} (${count})`, ...lines].join('\n'));
}
