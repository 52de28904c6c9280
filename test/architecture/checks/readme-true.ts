import { posix } from 'node:path';
import type { Check, Violation } from '../check.ts';
import type { SourceTree } from '../source-tree.ts';

/** Folders of the repository: a path that begins with one must exist, in whatever document it stands. */
const ours = /^(src|test|docs|examples|scripts|bench)\//;
const readers = /^(\.agent-os\/.*|config\.yaml)$/;
/** Written for other people's projects: the files they name are theirs. */
const forOthers = /^src\/capabilities\/standards\/(universal|language)\//;
const fileName =
  /^\.{0,2}[\w@-][\w@./-]*\.(ts|md|ya?ml|json|txt|py|sql)$|^(src|test|docs|examples|scripts|bench)\/[\w@./-]*$/;

/** Capabilities have a README and a door, and what documents call a file exists. */
export const readmeTrue: Check = {
  id: 'readme-true',
  find(tree) {
    const violations: Violation[] = [];
    for (const folder of foldersUnder(tree, 'src/capabilities/')) {
      for (const needed of ['README.md', 'index.ts']) {
        const file = `${folder}/${needed}`;
        if (!tree.files.has(file)) violations.push({ file, line: 1, message: `${folder} has no ${needed}.` });
      }
    }
    for (const [path, text] of tree.files) {
      if (!/^((src|docs|bench)\/.*|[^/]+)\.md$/.test(path) || forOthers.test(path)) continue;
      for (const { line, named, isLink } of namedFiles(text)) {
        if (exists(tree, path, named)) continue;
        // A name in code may be the reader's own file: any outside `src`, and those of a project's `.agent-os`.
        if (!isLink && !ours.test(named) && (!path.startsWith('src/') || readers.test(named))) continue;
        violations.push({ file: path, line, message: `Names ${named}, which does not exist.` });
      }
    }
    return violations;
  },
};

function foldersUnder(tree: SourceTree, prefix: string): Set<string> {
  const inside = [...tree.files.keys()].filter(
    (path) => path.startsWith(prefix) && path.split('/').length > 3,
  );
  return new Set(inside.map((path) => path.split('/').slice(0, 3).join('/')));
}

function namedFiles(text: string): { line: number; named: string; isLink: boolean }[] {
  let fenced = false;
  return text.split('\n').flatMap((content, index) => {
    if (/^\s*(```|~~~)/.test(content)) fenced = !fenced;
    if (fenced) return [];
    const code = [...content.matchAll(/`([^`]+)`/g)].map(([, named]) => ({ named: named!, isLink: false }));
    const links = [...content.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, named]) => ({
      named: named!,
      isLink: true,
    }));
    return [
      ...code.filter(({ named }) => fileName.test(named)),
      ...links.filter(({ named }) => !/^\w+:/.test(named)),
    ].map((found) => ({ ...found, line: index + 1 }));
  });
}

/** A path counts from the document's folder or from the root; a bare file name may lie anywhere below the document. */
function exists(tree: SourceTree, document: string, named: string): boolean {
  const folder = posix.dirname(document);
  const wanted = [posix.join(folder, named), posix.normalize(named)].map((path) => path.replace(/\/$/, ''));
  for (const path of tree.files.keys()) {
    if (wanted.some((one) => path === one || path.startsWith(`${one}/`))) return true;
    if (!named.includes('/') && path.startsWith(`${folder}/`) && posix.basename(path) === named) return true;
  }
  return false;
}
