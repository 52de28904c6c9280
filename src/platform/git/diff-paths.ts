import { posix } from 'node:path';
import { filePatchesOf, type FilePatch } from './file-patches.ts';
import type { IsThere } from './patch-paths.ts';
import { quotedName } from './quoted-name.ts';
import type { NamingLine } from './patch-text.ts';

/**
 * A diff whose paths are relative to a folder, as `git diff --relative` and `diff -u` print them there, with paths relative
 * to the root, and the prefixes `a/` and `b/`. Lines of the files stay as they are. `folder` is relative to the root, with
 * forward slashes; `isThere` says which paths the folder has.
 */
export function diffBelow(diff: string, folder: string, isThere: IsThere): string {
  const lines = diff.split('\n');
  for (const patch of filePatchesOf(diff, isThere))
    for (const { at, kind } of patch.naming) {
      if (patch.oldPath === undefined && patch.newPath === undefined) continue;
      const lineEnd = lines[at]!.endsWith('\r') ? '\r' : '';
      lines[at] = namingLine(kind, patch, folder) + lineEnd;
    }
  return lines.join('\n');
}

function namingLine(
  kind: NamingLine['kind'],
  { oldPath, newPath, isRenamed }: FilePatch,
  folder: string,
): string {
  const named = (prefix: 'a/' | 'b/' | '', path: string | undefined) =>
    path === undefined ? '/dev/null' : quotedName(prefix + posix.join(folder, path));
  switch (kind) {
    case 'git':
      return `diff --git ${named('a/', oldPath ?? newPath)} ${named('b/', newPath ?? oldPath)}`;
    case 'combined':
      return `diff --cc ${named('', newPath ?? oldPath)}`;
    case 'old':
      return `--- ${named('a/', oldPath)}`;
    case 'new':
      return `+++ ${named('b/', newPath)}`;
    case 'binary':
      return `Binary files ${named('a/', oldPath)} and ${named('b/', newPath)} differ`;
    case 'from':
      return `${isRenamed ? 'rename' : 'copy'} from ${named('', oldPath)}`;
    case 'to':
      return `${isRenamed ? 'rename' : 'copy'} to ${named('', newPath)}`;
  }
}
