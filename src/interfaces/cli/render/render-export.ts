import type { ExportedFile, ExportOutput } from '../../../capabilities/exports/contract/index.ts';
import type { Paint } from '../terminal/paint.ts';

/** Losses named one by one. */
const maxLosses = 10;

/** Every file that an export touches, with what goes into it, before it is written. */
export function renderExportPlan(
  { files }: ExportOutput,
  paint: Paint,
  { contents }: { contents: boolean },
): string {
  const touched = files.filter(({ action }) => action !== 'keep' && action !== 'left');
  return touched.map((file) => `${fileLines(file, paint, contents)}\n`).join('\n');
}

function fileLines({ action, path, reason, content }: ExportedFile, paint: Paint, contents: boolean): string {
  const marks = {
    create: paint.green('+ create'),
    update: paint.yellow('~ update'),
    remove: paint.red('- remove'),
    conflict: paint.red('! conflict'),
    keep: '  keep',
    left: '  left',
  };
  const head = `${marks[action]}  ${path}${reason === null ? '' : `: ${reason}`}`;
  if (content === null || !contents) return head;
  const lines = content.trimEnd().split('\n');
  return [head, ...lines.map((line) => paint.dim(`    │ ${line}`.trimEnd()))].join('\n');
}

/** What could not be done as planned, what an export leaves out, then its outcome in a line. */
export function renderExportOutcome(
  { files, left, left_out: leftOut, losses, message }: ExportOutput,
  paint: Paint,
  { planned }: { planned: readonly ExportedFile[] },
): string {
  const shown = new Set(planned.filter(({ action }) => action === 'conflict').map(({ path }) => path));
  const failed = files.filter(({ action, path }) => action === 'conflict' && !shown.has(path));
  const isLeft = new Set(left.map(({ standard }) => standard));
  const notExported = leftOut.filter(({ standard }) => !isLeft.has(standard));
  const parts = [
    failed.map((file) => fileLines(file, paint, false)).join('\n'),
    files.flatMap(({ warning }) => (warning === null ? [] : [paint.yellow(`! ${warning}`)])).join('\n'),
    listOf(
      'Not exported',
      notExported.map(({ standard, reason }) => `${standard}: ${reason}`),
      paint,
    ),
    listOf(
      'Left out of the exports',
      losses.map(({ standard, target, what }) => `${standard} (${target}): ${what}`),
      paint,
    ),
  ];
  return `${parts
    .filter((part) => part !== '')
    .map((part) => `${part}\n\n`)
    .join('')}${message}\n`;
}

/** Exports of standards that are not approved on this machine; empty when there is none. Goes to standard error. */
export function renderLeftExports({ left }: ExportOutput, paint: Paint): string {
  const files = new Map<string, string[]>();
  for (const { standard, path, reason } of left) {
    const what = `${standard}: ${reason}`;
    files.set(what, [...(files.get(what) ?? []), path]);
  }
  const items = [...files].map(([what, paths]) => `${what} (${paths.join(', ')})`);
  return items.length === 0
    ? ''
    : `${listOf('Left as they are, not approved on this machine', items, paint)}\n\n`;
}

function listOf(title: string, items: readonly string[], paint: Paint): string {
  if (items.length === 0) return '';
  const shown = items.slice(0, maxLosses).map((item) => `  ${item}`);
  const more = items.length > maxLosses ? [`  and ${items.length - maxLosses} more: --json lists all`] : [];
  return paint.dim([`${title} (${items.length})`, ...shown, ...more].join('\n'));
}
