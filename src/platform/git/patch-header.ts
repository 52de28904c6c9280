import type { PatchText } from './patch-text.ts';

/** What may stand between `diff --git` and the lines; the text of the next mail may not. */
const headerLine =
  /^(?:(?:(?:old|new|deleted file|new file) )?mode|(?:dis)?similarity index|(?:rename|copy) (?:from|to)|index|---|GIT binary) /;

/** Reads a line that may be one of what git says of a file above its lines; whether it is. */
export function readHeaderLine(line: string, at: number, patch: PatchText): boolean {
  if (!headerLine.test(line)) return false;
  patch.header.push(line);
  const [, verb, side, text] = /^(rename|copy) (from|to) (.*)$/.exec(line) ?? [];
  if (side === 'from' || side === 'to') {
    patch.naming.push({ at, kind: side, text: text! });
    patch.isRenamed = verb === 'rename';
  } else if (line.startsWith('new file mode ')) patch.isNew = true;
  else if (line.startsWith('deleted file mode ')) patch.isDeleted = true;
  else if (line === 'GIT binary patch') patch.binary = true;
  return true;
}

/** Ids of an empty file in git's two kinds of repositories; a diff shortens them. */
const emptyIds = [
  'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391',
  '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813',
];
const hasNoText = (id: string) => /^0+$/.test(id) || emptyIds.some((empty) => empty.startsWith(id));

/** The ids of the content before and after, as the header of a patch has them, shortened; `undefined` where it has none. */
export function contentIdsOf({ header }: PatchText): { old: string; new: string } | undefined {
  const index = header.findLast((line) => line.startsWith('index ')) ?? '';
  const ids = /^index ([0-9a-f]+)\.\.([0-9a-f]+)(?: |$)/.exec(index);
  return ids === null ? undefined : { old: ids[1]!, new: ids[2]! };
}

/**
 * Whether a diff that ends with the header of a patch is cut off there: more must follow, of the header or lines. What is
 * whole is that of a rename as it is, of a change of mode and of an empty file.
 */
export function isCutOff(patch: PatchText): boolean {
  const { header, hasText, isDeleted } = patch;
  if (isDeleted) return false;
  const has = (start: string) => header.some((line) => line.startsWith(start));
  if (hasText || has('--- ')) return true;
  const ids = contentIdsOf(patch);
  if (ids !== undefined) return ids.old !== ids.new && !(hasNoText(ids.old) && hasNoText(ids.new));
  const isMoved = has('rename to ') || has('copy to ');
  if (has('similarity index ') || has('dissimilarity index '))
    return !(isMoved && has('similarity index 100%'));
  return !isMoved && !has('new mode ');
}
