import { utf8Text } from '../../kernel/index.ts';
import { resolveInside } from './confinement.ts';
import { filesErrors } from './errors.ts';
import { IgnoreRules } from './ignore-rules.ts';
import { readRegularFile } from './regular-file.ts';

/** A text file of the project, whole. */
export interface TextFile {
  /** Project-relative, forward slashes; the real place when the file was named through a link. */
  path: string;
  text: string;
  sizeBytes: number;
  /** Lines as an editor counts them; 0 for an empty file. */
  lines: number;
}

/** See `ProjectFiles.readText`. */
export async function readText(
  root: string,
  requested: string,
  { maxBytes, isKept = false }: { maxBytes: number; isKept?: boolean },
): Promise<TextFile> {
  const { absolute, relative, kind } = await resolveInside(root, requested);
  if (kind !== 'file') throw filesErrors.make('files.not_a_file', { path: relative });
  if (new IgnoreRules(root).isIgnored(relative.split('/'), false)) {
    throw filesErrors.make('files.ignored', { path: relative });
  }
  const content = readRegularFile(absolute, maxBytes);
  switch (content.kind) {
    case 'text':
      if (isKept) refuseOtherBytes(relative, content.bytes);
      return { path: relative, sizeBytes: content.sizeBytes, ...decodeText(content.bytes) };
    case 'binary':
      throw filesErrors.make('files.binary', { path: relative, sizeBytes: content.sizeBytes });
    case 'too-large':
      throw filesErrors.make('files.too_large', {
        path: relative,
        sizeBytes: content.sizeBytes,
        limitBytes: maxBytes,
      });
    case 'unreadable':
      throw filesErrors.make('files.unreadable', { path: relative, reason: 'it could not be opened' });
  }
}

function refuseOtherBytes(path: string, bytes: Buffer): void {
  const text = utf8Text(bytes);
  if (typeof text !== 'string') throw filesErrors.make('files.other_encoding', { path, ...text });
}

/** UTF-8 without byte order mark; bytes that are not UTF-8 become the replacement character. */
export function decodeText(bytes: Buffer): { text: string; lines: number } {
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  let breaks = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) breaks += 1;
  return { text, lines: text === '' || text.endsWith('\n') ? breaks : breaks + 1 };
}
