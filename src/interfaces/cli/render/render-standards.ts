import { counted } from '../../../kernel/index.ts';
import type {
  ListedStandards,
  ShownStandard,
  StandardsHealth,
  StandardsLint,
} from '../../../capabilities/standards/contract/index.ts';
import { table } from './table.ts';

/** How the outputs of the library of standards look to people, by name of the operation. */
export const standardsRenderers: Readonly<Record<string, (output: unknown) => string>> = {
  'standards.list': (output) => renderList(output as ListedStandards),
  'standards.show': (output) => renderStandard(output as ShownStandard),
  'standards.lint': (output) => renderLint(output as StandardsLint),
  'standards.health': (output) => renderHealth(output as StandardsHealth),
  // The text alone: it is made to be written into a file.
  'standards.template': (output) => (output as { text: string }).text.trimEnd(),
};

function renderList({ standards, unusable }: ListedStandards): string {
  const rows = standards.map(({ id, approval, status, times_found: times, rule, title }) => [
    id,
    standingOf({ status, approval }),
    times === 0 ? '' : `found ${times}×`,
    shortened(rule === '' ? title : rule),
  ]);
  const left = unusable.map(({ file, reason }) => `! ${file}: ${reason}`);
  if (rows.length + left.length === 0) return 'No standards match.';
  return [...(rows.length === 0 ? [] : [table(rows)]), ...left].join('\n');
}

/** Retired counts where a person approved it on this machine, or had not approved the standard before. */
function standingOf({ status, approval }: { status: string; approval: string }): string {
  if (status !== 'retired') return approval;
  return approval === 'changed' ? 'retired, not confirmed' : 'retired';
}

function renderStandard(standard: ShownStandard): string {
  const { file, approval, layer, times_found: times, last_found_at: last, status } = standard;
  const use = last === null ? 'never found by a search' : `found ${times}×, last on ${last.slice(0, 10)}`;
  const because = standard.retired_because ?? 'no reason given';
  const instead = standard.replaced_by === null ? '' : `; in its place: ${standard.replaced_by}`;
  const anchors = standard.evidence.map((anchor) => `  ${anchorLine(anchor)}`);
  return [
    `${standard.id}  ${approval}, ${layer}, ${use}`,
    file,
    ...(status === 'retired' ? [`Retired: ${because}${instead}`] : []),
    ...(status === 'retired' && approval === 'changed' ? [unconfirmed(standard.id)] : []),
    ...(anchors.length === 0 ? [] : ['Evidence:', ...anchors]),
    ...standard.problems.map(problemLine),
    '',
    standard.text.trimEnd(),
  ].join('\n');
}

const unconfirmed = (id: string) =>
  `Nobody on this machine has confirmed that it is retired: troupe standards adopt ${id}`;

function renderLint({ checked, problems }: StandardsLint): string {
  const read = `${counted(checked, 'standard')} checked`;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const counts = `${counted(errors, 'error')}, ${counted(problems.length - errors, 'warning')}`;
  return [...problems.map(problemLine), `${read}: ${problems.length === 0 ? 'no problems' : counts}.`].join(
    '\n',
  );
}

function renderHealth(health: StandardsHealth): string {
  const { searches } = health;
  return [
    part(
      'Approved, and their files are gone: restore them (git), or `troupe standards retire NAME --because "…"`',
      health.gone.map(
        ({ standard, approved_by: by, approved_at: at }) =>
          `${standard}  approved on ${at.slice(0, 10)} by ${by}`,
      ),
    ),
    part(
      'Evidence that moved or is gone',
      health.anchors.map((anchor) => `${anchor.standard}  ${anchorLine(anchor)}`),
    ),
    part('Changed since approval', health.changed),
    part('Not approved on this machine (troupe standards adopt)', health.unapproved),
    part(
      'Checks that cannot run',
      health.broken_checks.map(({ standard, reason }) => `${standard}  ${reason}`),
    ),
    part(
      'May contradict each other; read both',
      health.contradictions.map(
        ({ standards: [one, two], created_by: hands, rules, shared }) =>
          `${one} (${hands[0]}) and ${two} (${hands[1]}), both about ${shared.join(', ')}\n    ${rules[0]}\n    ${rules[1]}`,
      ),
    ),
    part('Never found by a search, in 30 days or more', health.never_found),
    part(
      'No longer found',
      health.unused.map(({ standard, days_ago: days }) => `${standard}  last ${counted(days, 'day')} ago`),
    ),
    part(
      'Files that cannot be used',
      health.unusable.map(({ file, reason }) => `${file}: ${reason}`),
    ),
    `${counted(searches.total, 'search', 'searches')} in ${counted(searches.days, 'day')}, ${searches.without_hit} of them without a hit.`,
    health.message,
  ]
    .filter((text) => text !== '')
    .join('\n');
}

const part = (title: string, lines: readonly string[]) =>
  lines.length === 0 ? '' : `${title}:\n${lines.map((line) => `  ${line}`).join('\n')}\n`;

function anchorLine({ file, line, quote, state, line_now: now }: ShownStandard['evidence'][number]): string {
  const states = {
    there: 'still there',
    moved: `now in line ${now}`,
    gone: 'gone',
    'file-gone': 'the file is gone',
    unreadable: 'the file cannot be read',
  } as const;
  return `${file}:${line} ${states[state]}${quote === null ? '' : `: ${shortened(quote.replaceAll(/\s+/g, ' '))}`}`;
}

const problemLine = ({ file, line, severity, message }: StandardsLint['problems'][number]) =>
  `${file}${line === null ? '' : `:${line}`}: ${severity}: ${message}`;

const longestShown = 90;
const shortened = (text: string) =>
  text.length > longestShown ? `${text.slice(0, longestShown - 1).trimEnd()}…` : text;
