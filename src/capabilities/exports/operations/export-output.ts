import { counted } from '../../../kernel/index.ts';
import type { ExportOutput, ExportTarget } from '../contract/index.ts';
import type { Digest } from '../digest/digest.ts';
import type { FormatLoss } from '../formats/export-format.ts';
import { formats } from '../formats/formats.ts';
import type { PlannedFile } from '../plan/planned-file.ts';
import type { LeftOutStandard } from './chosen-standards.ts';

/** What the caller is told: every file, what is not said anywhere, and the outcome in words. */
export function outputOf(what: {
  digests: ReadonlyMap<ExportTarget, readonly Digest[]>;
  shortened: ReadonlyMap<ExportTarget, readonly FormatLoss[]>;
  leftOut: readonly LeftOutStandard[];
  planned: readonly PlannedFile[];
  done: readonly PlannedFile[];
  dryRun: boolean;
}): ExportOutput {
  const { digests, shortened, leftOut, planned, done, dryRun } = what;
  const left = leftIn(done);
  // Beside an export that is left, the shipped standard of its name is not written.
  const isWritten = ({ id, universal }: Digest, target: ExportTarget) =>
    !universal || !left.some((one) => one.target === target && one.standard === id);
  return {
    files: done.map(({ path, target, action, reason, warning, content }) => ({
      path,
      target,
      action,
      reason,
      warning: warning ?? null,
      content,
    })),
    left,
    // What ships is a choice of the caller; the others are worth a line each.
    left_out: leftOut.flatMap(({ standard, reason, isChosen }) => (isChosen ? [] : [{ standard, reason }])),
    losses: [...digests].flatMap(([target, ofTarget]) =>
      ofTarget
        .filter((digest) => isWritten(digest, target))
        .flatMap((digest) => lossesOf(digest, target, shortened.get(target)!)),
    ),
    in_step: planned.every(({ action }) => action === 'keep' || action === 'left'),
    dry_run: dryRun,
    message: messageOf(digests, done, dryRun),
  };
}

const leftIn = (files: readonly PlannedFile[]): ExportOutput['left'] =>
  files.flatMap(({ path, target, left = [] }) =>
    left.map(({ standard, reason }) => ({ standard, target, path, reason })),
  );

function messageOf(
  digests: ReadonlyMap<ExportTarget, readonly Digest[]>,
  done: readonly PlannedFile[],
  dryRun: boolean,
): string {
  const count = (action: PlannedFile['action']) => done.filter((file) => file.action === action).length;
  const changed = count('create') + count('update') + count('remove');
  const conflicts = count('conflict');
  const left = new Set(leftIn(done).map(({ standard }) => standard)).size;
  return [
    digests.values().every(({ length }) => length === 0) ? 'No standard to export.' : '',
    `${counted(changed, 'file')} ${dryRun ? 'would change' : 'changed'}, ${count('keep')} in step.`,
    left === 0
      ? ''
      : `What stands of ${counted(left, 'standard')} not approved on this machine is left as it is.`,
    conflicts === 0 ? '' : `${conflicts} left as ${conflicts === 1 ? 'it is' : 'they are'}: see the reasons.`,
  ]
    .filter((part) => part !== '')
    .join(' ');
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
