import { isAppError, operationsOf } from '../../../kernel/index.ts';
import {
  errorOfKey,
  goneInWords,
  mayHold,
  type LibraryEntry,
  type StandardDocument,
  type StandardsLibrary,
} from '../../standards/index.ts';
import {
  exportInput,
  exportOutput,
  exportTargets,
  type ExportOutput,
  type ExportTarget,
} from '../contract/index.ts';
import { digestOf, type Digest } from '../digest/digest.ts';
import { exportErrors } from '../errors.ts';
import type { ExportsDeps } from '../exports-deps.ts';
import { formats } from '../formats/formats.ts';
import { applyPlan } from '../plan/apply-plan.ts';
import type { FormatLoss } from '../formats/export-format.ts';
import { ruleFilesOf, shippedIndex } from '../formats/rule-files.ts';
import { planFiles } from '../plan/plan-files.ts';
import { planRegion } from '../plan/plan-region.ts';
import type { PlannedFile } from '../plan/planned-file.ts';

export const exportStandards = operationsOf<ExportsDeps>()({
  name: 'standards.export',
  summary:
    'Write the approved standards as rules where Cursor, Claude Code, Copilot or AGENTS.md readers look.',
  input: exportInput,
  output: exportOutput,
  doors: { cli: 'export' },
  policy: { effect: 'write', idempotent: true },
  errors: ['exports.standards_gone', 'exports.standards_unreadable', 'files.disk_full'],
  async handler({ target, universal, dry_run: dryRun }, { deps }) {
    const { library, root } = deps.exports;
    const targets: readonly ExportTarget[] = target === 'all' ? exportTargets : [target];
    const { taken, leftOut } = await standardsOf(library, universal);
    const digests = new Map(targets.map((one) => [one, digestsFor(one, taken)]));
    const plans = await Promise.all(targets.map((one) => planFor(root, one, digests.get(one)!, leftOut)));
    const planned = plans.flatMap((plan) => plan.planned);
    const done = dryRun ? planned : await applyPlan(planned);
    const shortened = new Map(targets.map((one, at) => [one, plans[at]!.shortened]));
    return outputOf({ digests, shortened, leftOut, planned, done, dryRun });
  },
});

/** A standard that is exported. */
interface Taken {
  entry: LibraryEntry;
  document: StandardDocument;
}

type LeftOut = (ExportOutput['left_out'][number] & { isChosen?: boolean })[];

/**
 * What is exported: active, and approved on this machine; with `universal` also what ships. Errors:
 * `exports.standards_gone`, `exports.standards_unreadable`: rules of standards that nobody retired are not removed because
 * their folder is, or cannot be read.
 */
async function standardsOf(
  library: StandardsLibrary,
  universal: boolean,
): Promise<{ taken: Taken[]; leftOut: LeftOut }> {
  const { entries, skipped } = await library.list();
  const unread = skipped.find(({ isFolder }) => isFolder);
  if (unread !== undefined) throw exportErrors.make('exports.standards_unreadable', unread);
  const gone = await library.gone();
  const isEveryOneGone = !entries.some(
    ({ layer, approval }) => layer !== 'universal' && approval !== 'unapproved',
  );
  if (gone.length > 0 && isEveryOneGone)
    throw exportErrors.make('exports.standards_gone', { ids: gone.map(({ id }) => id) });
  const leftOut: LeftOut = [
    ...skipped.map(({ file, reason }) => ({ standard: file, reason })),
    ...gone.map((one) => ({ standard: one.id, reason: goneInWords(one) })),
  ];
  const all: Taken[] = [];
  for (const entry of entries) {
    const taken = await takenOrReason(library, entry, universal);
    if (typeof taken === 'string') {
      const isChosen = entry.layer === 'universal' && !universal;
      leftOut.push({ standard: entry.id, reason: taken, isChosen });
    } else all.push(taken);
  }
  return { taken: all, leftOut };
}

function digestsFor(target: ExportTarget, taken: readonly Taken[]): Digest[] {
  return taken.map(({ entry, document }) => digestOf(entry, document, formats[target].most));
}

async function takenOrReason(
  library: StandardsLibrary,
  entry: LibraryEntry,
  universal: boolean,
): Promise<Taken | string> {
  if (entry.layer === 'universal' && !universal) return 'it ships with Troupe: --universal exports it too';
  try {
    const { document, approval } = await library.read(entry);
    if (document.status === 'retired') return 'it is retired';
    if (approval === 'unapproved')
      return 'nobody has approved it on this machine: `troupe standards adopt` shows it';
    if (approval === 'changed')
      return 'it was changed after it was approved: `troupe standards adopt` shows it';
    const broken = errorOfKey(document, 'applies_to');
    return broken === undefined ? { entry, document } : `line ${broken.line}: ${broken.message}`;
  } catch (error) {
    if (isAppError(error)) return error.message;
    throw error;
  }
}

/** What becomes of a format's files, and which standards it says in fewer words than it could, for want of room. */
async function planFor(
  root: string,
  target: ExportTarget,
  digests: readonly Digest[],
  leftOut: LeftOut,
): Promise<{ planned: PlannedFile[]; shortened: FormatLoss[] }> {
  const format = formats[target];
  if (format.kind === 'region') {
    const { content, losses } = format.region(digests);
    return { planned: await planRegion(root, format, content), shortened: losses };
  }
  const { rules, losses } = ruleFilesOf(format, digests);
  const whyNot = (id: string) => {
    if (id === shippedIndex) return 'it is for what ships with Troupe: --universal exports it';
    if (digests.some((digest) => digest.id === id))
      return `it is a line of troupe.${shippedIndex}${format.extension} now`;
    const left = leftOut.find(({ standard }) => standard === id || mayHold(standard, id));
    return left?.reason ?? 'its standard is no longer there';
  };
  return { planned: await planFiles(root, format, rules, whyNot), shortened: losses };
}

function outputOf(what: {
  digests: ReadonlyMap<ExportTarget, readonly Digest[]>;
  shortened: ReadonlyMap<ExportTarget, readonly FormatLoss[]>;
  leftOut: LeftOut;
  planned: readonly PlannedFile[];
  done: readonly PlannedFile[];
  dryRun: boolean;
}): ExportOutput {
  const { digests, shortened, leftOut, planned, done, dryRun } = what;
  const count = (action: PlannedFile['action']) => done.filter((file) => file.action === action).length;
  const changed = count('create') + count('update') + count('remove');
  const conflicts = count('conflict');
  return {
    files: done.map(({ path, target, action, reason, warning, content }) => ({
      path,
      target,
      action,
      reason,
      warning: warning ?? null,
      content,
    })),
    // What ships is a choice of the caller; the others are worth a line each.
    left_out: leftOut.flatMap(({ standard, reason, isChosen }) => (isChosen ? [] : [{ standard, reason }])),
    losses: [...digests].flatMap(([target, ofTarget]) =>
      ofTarget.flatMap((digest) => lossesOf(digest, target, shortened.get(target)!)),
    ),
    in_step: planned.every(({ action }) => action === 'keep'),
    dry_run: dryRun,
    message: [
      digests.values().every(({ length }) => length === 0) ? 'No standard to export.' : '',
      `${changed} ${changed === 1 ? 'file' : 'files'} ${dryRun ? 'would change' : 'changed'}, ${count('keep')} in step.`,
      conflicts === 0
        ? ''
        : `${conflicts} left as ${conflicts === 1 ? 'it is' : 'they are'}: see the reasons.`,
    ]
      .filter((part) => part !== '')
      .join(' '),
  };
}

/** A standard that is said in short has lost its points: how many a full form would hold says nothing more. */
function lossesOf(
  digest: Digest,
  target: ExportTarget,
  shortened: readonly FormatLoss[],
): ExportOutput['losses'] {
  const { id, losses } = digest;
  const short = shortened.filter(({ standard }) => standard === id).map(({ what }) => what);
  const ofFormat = formats[target].losses(digest).map(({ what }) => what);
  return [...(short.length > 0 ? short : losses), ...ofFormat].map((what) => ({
    standard: id,
    target,
    what,
  }));
}
