import { isBelow, type ProjectFiles } from '../../../platform/files/index.ts';
import { counted } from '../../../kernel/index.ts';
import { addedBy, isDiff } from '../../../platform/git/index.ts';
import { checkErrors } from '../errors.ts';
import { changedFile } from './changed-file.ts';
import { changesHere } from './changes-here.ts';
import { relativeTo } from './relative-to.ts';
import type { Batch, SkippedPart, ToCheck } from './to-check.ts';

/** Texts with the diff applied that are held in memory at once. */
const batchFiles = 50;

/**
 * Lines that a diff adds, and those that a series of patches adds and leaves in the end: in the files as they lie here
 * where it is applied, and where it is not, in their texts with it applied, in memory. A file that is neither as the diff finds it nor as it leaves it is skipped and named: line numbers
 * would point anywhere. Nothing is checked of a diff none of whose texts can be compared, and that is an error: a gate
 * would be open. Errors: `checks.no_diff`, `checks.outside_paths`, `checks.not_applied`.
 */
export async function fromDiff(
  diff: string,
  { files, paths }: { files: ProjectFiles; paths: readonly string[] },
): Promise<ToCheck> {
  if (!isDiff(diff)) throw checkErrors.make('checks.no_diff', {});
  const named = await Promise.all(paths.map((path) => relativeTo(files, path)));
  const all = await changesHere(diff, files);
  const changes = new Map([...all].filter(([file]) => isBelow(file, named)));
  if (changes.size === 0 && all.size > 0)
    throw checkErrors.make('checks.outside_paths', { files: [...all.keys()], paths: named });
  const skipped: SkippedPart[] = [];
  const lines = new Map<string, ReadonlySet<number>>();
  const toApply: string[] = [];
  for (const [file, change] of changes) {
    if (change.binary) {
      skipped.push({ file, reason: 'binary', isByContent: true });
      continue;
    }
    const found = await changedFile(file, change, files);
    if (found.state === 'other') skipped.push({ file, reason: found.reason });
    else {
      const added = found.state === 'to-apply' ? found.added : new Set(addedBy(change.patches ?? []).keys());
      if (added.size === 0) continue;
      lines.set(file, added);
      if (found.state === 'to-apply') toApply.push(file);
    }
  }
  const notCompared = skipped.filter(({ isByContent }) => isByContent !== true);
  if (lines.size === 0 && notCompared.length > 0)
    throw checkErrors.make('checks.not_applied', { skipped: notCompared });
  const unapplied = new Set(toApply);
  async function* batches(): AsyncGenerator<Batch> {
    yield { files: [...lines.keys()].filter((file) => !unapplied.has(file)), skipped };
    for (let start = 0; start < toApply.length; start += batchFiles) {
      const texts = new Map<string, string>();
      const changed: SkippedPart[] = [];
      for (const file of toApply.slice(start, start + batchFiles)) {
        const found = await changedFile(file, changes.get(file)!, files);
        if (found.state === 'to-apply') texts.set(file, found.text);
        else changed.push({ file, reason: 'changed meanwhile' });
      }
      yield { files: [...texts.keys()], texts, skipped: changed };
    }
  }
  return {
    batches,
    linesOf: (file) => lines.get(file) ?? new Set(),
    stated: (count) => counted(count, 'changed file'),
    named,
    wholeProject: false,
    diff,
    toApply,
  };
}
