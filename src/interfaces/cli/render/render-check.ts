import type { CheckOutput, StandardFinding } from '../../../capabilities/checks/contract/index.ts';
import type { Paint } from '../terminal/paint.ts';

/** Standards named one by one where many have the same reason. */
const maxNamed = 5;

/** What departs from the standards, by file, then what was not looked at, then the outcome in a line. */
export function renderCheck(output: CheckOutput, paint: Paint): string {
  const { findings, not_checked: notChecked, skipped } = output;
  const byFile = Map.groupBy(findings, ({ file }) => file);
  const ofFile = (own: readonly StandardFinding[]) =>
    [...Map.groupBy(own, ({ line }) => line).values()].map((place) => placeLines(place, paint)).join('\n');
  const parts = [
    ...[...byFile.values()].map(ofFile),
    reasonLines('Not checked', notChecked, ({ standard }) => standard, paint),
    reasonLines('Skipped', skipped, ({ file }) => file, paint),
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

/** One line for each reason, with what it is about. */
function reasonLines<T extends { reason: string }>(
  title: string,
  items: readonly T[],
  nameOf: (item: T) => string,
  paint: Paint,
): string {
  if (items.length === 0) return '';
  const groups = [...Map.groupBy(items, ({ reason }) => reason)].map(([reason, group]) => {
    const names = group.slice(0, maxNamed).map(nameOf).join(', ');
    return `  ${names}${group.length > maxNamed ? ` and ${group.length - maxNamed} more` : ''}: ${reason}`;
  });
  return paint.dim([`${title} (${items.length})`, ...groups].join('\n'));
}
