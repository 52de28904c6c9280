import { operationsOf } from '../../../kernel/index.ts';
import { mayHold } from '../../standards/index.ts';
import { exportInput, exportOutput, exportTargets, type ExportTarget } from '../contract/index.ts';
import { digestOf, type Digest } from '../digest/digest.ts';
import type { ExportsDeps } from '../exports-deps.ts';
import type { FormatLoss } from '../formats/export-format.ts';
import { formats } from '../formats/formats.ts';
import { ruleFilesOf, shippedIndex } from '../formats/rule-files.ts';
import { applyPlan } from '../plan/apply-plan.ts';
import type { NotApproved } from '../plan/not-approved.ts';
import { planFiles } from '../plan/plan-files.ts';
import { planLeft } from '../plan/plan-left.ts';
import { planRegion } from '../plan/plan-region.ts';
import type { PlannedFile } from '../plan/planned-file.ts';
import { chosenStandards, type ChosenStandards, type ReadStandard } from './chosen-standards.ts';
import { outputOf } from './export-output.ts';

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
    const chosen = await chosenStandards(library, universal);
    const digests = new Map(targets.map((one) => [one, chosen.taken.map((read) => digestFor(one, read))]));
    const plans = await Promise.all(targets.map((one) => planFor(root, one, digests.get(one)!, chosen)));
    const planned = plans.flatMap((plan) => plan.planned);
    const done = dryRun ? planned : await applyPlan(planned);
    const shortened = new Map(targets.map((one, at) => [one, plans[at]!.losses]));
    return outputOf({ digests, shortened, leftOut: chosen.leftOut, planned, done, dryRun });
  },
});

const digestFor = (target: ExportTarget, { entry, document }: ReadStandard) =>
  digestOf(entry, document, formats[target].most);

/** What becomes of a format's files, and which standards it says in fewer words than it could, for want of room. */
async function planFor(
  root: string,
  target: ExportTarget,
  digests: readonly Digest[],
  { leftOut, unapproved }: ChosenStandards,
): Promise<{ planned: PlannedFile[]; losses: FormatLoss[] }> {
  const format = formats[target];
  const notApproved = unapproved.map(({ id, file, reason, read }): NotApproved => ({
    id,
    file,
    reason,
    digest: read === undefined ? undefined : digestFor(target, read),
  }));
  if (format.kind === 'region') return planRegion(root, format, digests, notApproved);
  const left = await planLeft(root, format, notApproved);
  // Where the file of one of the project stands, the shipped one of its name has no place.
  const wanted = digests.filter(({ id, universal }) => !(universal && left.ids.has(id)));
  const { rules, losses } = ruleFilesOf(format, wanted);
  const whyNot = (id: string) => {
    if (id === shippedIndex) return 'it is for what ships with Troupe: --universal exports it';
    if (digests.some((digest) => digest.id === id))
      return `it is a line of troupe.${shippedIndex}${format.extension} now`;
    if (unapproved.some((one) => one.id === id))
      return 'it is of the one that ships with Troupe: --universal exports it';
    const reason = leftOut.find(({ standard }) => standard === id || mayHold(standard, id))?.reason;
    return reason ?? 'its standard is no longer there';
  };
  const planned = await planFiles(root, format, rules, whyNot, left.ids);
  return {
    planned: [...left.planned, ...planned].sort((a, b) => (a.path < b.path ? -1 : 1)),
    losses,
  };
}
