import { readdir } from 'node:fs/promises';
import { resolveInside } from '../../../platform/files/index.ts';
import type { FileFormat } from '../formats/export-format.ts';
import { idOf, nameOf, shippedIndex, type RuleFile } from '../formats/rule-files.ts';
import { differsInMarkOnly, markedFile, originOf } from '../marker/marked-file.ts';
import { byteOrderMark, lineEndOf, plainText } from '../marker/plain-text.ts';
import type { PlannedFile } from './planned-file.ts';
import { readExisting } from './read-existing.ts';

const readOnly = 'it is read-only: make it writable and export again';
/** Why a file of a standard that stands is a conflict. */
export const edited =
  'it was edited by hand: move the edit into the standard, delete the file and export again';

/**
 * What becomes of each file of a folder of rules: those wanted, and those that were once exported, apart from those of the
 * standards in `left`.
 */
export async function planFiles(
  root: string,
  format: FileFormat,
  rules: readonly RuleFile[],
  whyNot: (standard: string) => string,
  left: ReadonlySet<string>,
): Promise<PlannedFile[]> {
  const wanted = new Map(rules.map((rule) => [nameOf(rule.id, format), rule]));
  const planned: PlannedFile[] = [];
  for (const [name, rule] of wanted) planned.push(await planWanted(root, format, name, rule));
  for (const name of await namesIn(root, format)) {
    if (wanted.has(name) || left.has(idOf(name, format))) continue;
    const gone = await planGone(root, format, name, whyNot(idOf(name, format)));
    if (gone !== undefined) planned.push(gone);
  }
  return planned;
}

async function planWanted(
  root: string,
  format: FileFormat,
  name: string,
  { id, head, body }: RuleFile,
): Promise<PlannedFile> {
  const { target } = format;
  const path = `${format.folder}/${name}`;
  const content = markedFile(id, head, body);
  const conflict = (reason: string): PlannedFile => ({
    path,
    target,
    action: 'conflict',
    reason,
    content: null,
  });
  const existing = await readExisting(root, path);
  if ('conflict' in existing) return conflict(existing.conflict);
  const { absolute, text, isReadOnly } = existing;
  if (text === undefined) {
    const write = { absolute, before: undefined, after: content };
    return { path, target, action: 'create', reason: null, content, write };
  }
  const origin = originOf(text);
  if (origin === 'foreign') return conflict('Troupe did not make it');
  // A merge of two exports may leave the text that both would make now, with the mark of one.
  if (origin === 'edited' && !differsInMarkOnly(text, content)) return conflict(edited);
  if (plainText(text) === content) return { path, target, action: 'keep', reason: null, content: null };
  if (isReadOnly) return conflict(readOnly);
  const after =
    (text.startsWith(byteOrderMark) ? byteOrderMark : '') + content.replaceAll('\n', lineEndOf(text));
  return { path, target, action: 'update', reason: null, content, write: { absolute, before: text, after } };
}

/** A file that was exported and no longer is. What Troupe did not make is none of its business. */
async function planGone(
  root: string,
  { folder, target }: FileFormat,
  name: string,
  reason: string,
): Promise<PlannedFile | undefined> {
  const path = `${folder}/${name}`;
  const existing = await readExisting(root, path);
  if ('conflict' in existing || existing.text === undefined) return undefined;
  const origin = originOf(existing.text);
  if (origin === 'foreign') return undefined;
  if (origin === 'edited') {
    const both = `${reason}, and it was edited by hand: delete it if nobody needs it`;
    return { path, target, action: 'conflict', reason: both, content: null };
  }
  if (existing.isReadOnly)
    return { path, target, action: 'conflict', reason: `${reason}, and ${readOnly}`, content: null };
  const write = { absolute: existing.absolute, before: existing.text, after: undefined };
  return { path, target, action: 'remove', reason, content: null, write };
}

async function namesIn(root: string, { folder, extension }: FileFormat): Promise<string[]> {
  try {
    const { absolute } = await resolveInside(root, folder);
    const names = await readdir(absolute);
    const stem = new RegExp(`^troupe\\.(?:[a-z0-9-]+\\.[a-z0-9-]+|${shippedIndex})$`);
    return names
      .filter((name) => name.endsWith(extension) && stem.test(name.slice(0, -extension.length)))
      .sort();
  } catch {
    return [];
  }
}
