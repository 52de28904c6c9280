import type { CheckOutput, StandardFinding } from '../../../capabilities/checks/contract/index.ts';
import type { Paint } from '../terminal/paint.ts';

/** Standards named one by one where many have the same reason. */
const maxNamed = 5;

/** What departs from the standards, by file, then what was not looked at, then the outcome in a line. */
export function renderCheck(output: CheckOutput, paint: Paint): string {
  const { findings, not_checked: notChecked, skipped } = output;
  const byFile = Map.groupBy(findings, ({ file }) => file);
  const parts = [
    ...[...byFile.values()].map((ofFile) => ofFile.map((finding) => findingLines(finding, paint)).join('\n')),
    reasonLines('Not checked', notChecked, ({ standard }) => standard, paint),
    reasonLines('Skipped', skipped, ({ file }) => file, paint),
    findings.length === 0 ? paint.green(output.message) : paint.bold(output.message),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function findingLines(finding: StandardFinding, paint: Paint): string {
  const { file, line, severity, standard, section, message, quote } = finding;
  const loud = severity === 'critical' || severity === 'high' ? paint.red : paint.yellow;
  return [
    `${paint.cyan(`${file}:${line}`)}  ${loud(severity)}  ${message}  ${paint.dim(`${standard} (${section})`)}`,
    ...quote.split('\n').map((text) => paint.dim(`    ${text}`)),
  ].join('\n');
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
