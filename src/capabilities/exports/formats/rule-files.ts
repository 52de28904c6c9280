import type { Digest } from '../digest/digest.ts';
import { bodyOf } from '../digest/export-body.ts';
import { fitDigests, formLosses } from '../digest/fit-digests.ts';
import { shortListOf } from '../digest/short-list.ts';
import type { FileFormat, FormatLoss } from './export-format.ts';

/** A file of a folder of rules, without the line that marks it. */
export interface RuleFile {
  /** Id of its standard, or `shippedIndex`. */
  id: string;
  head: string;
  body: string;
}

/** Stands for the id of the one file that holds what ships with Troupe and is for every file. */
export const shippedIndex = 'universal';

/** The name of a standard's file in a folder of rules. Dots, which ids do not have, keep `a-b/c` and `a/b-c` apart. */
export const nameOf = (id: string, { extension }: FileFormat) => `troupe.${id.replace('/', '.')}${extension}`;

/** The id in such a name. */
export const idOf = (name: string, { extension }: FileFormat) =>
  name.slice('troupe.'.length, -extension.length).replace('.', '/');

/** What a folder of rules holds, and what was shortened for it. */
export function ruleFilesOf(
  format: FileFormat,
  digests: readonly Digest[],
): { rules: RuleFile[]; losses: FormatLoss[] } {
  const inIndex = digests.filter(
    ({ universal, appliesTo }) => format.readsUnscopedAlways && universal && appliesTo.length === 0,
  );
  const rules = digests
    .filter((digest) => !inIndex.includes(digest))
    .map((digest): RuleFile => ({ id: digest.id, head: format.head(digest), body: bodyOf(digest) }));
  if (inIndex.length === 0) return { rules, losses: [] };
  const title = 'Standards that ship with Troupe';
  const lead = 'Follow these where they apply, and read the whole text before you depart from it.';
  const head = format.head({ title, lead, appliesTo: [], universal: true });
  const { text, forms } = fitDigests(
    inIndex,
    'rule',
    (chosen) => `# ${title}\n\n${lead} ${shortListOf(chosen)}\n`,
  );
  const losses = [...forms].map(([{ id }, form]) => ({
    standard: id,
    what:
      form === 'rule'
        ? `its points: a line in troupe.${shippedIndex}${format.extension}`
        : formLosses[form as 'name'],
  }));
  return { rules: [...rules, { id: shippedIndex, head, body: text }], losses };
}
