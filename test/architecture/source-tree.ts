import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** The text files of a project by path (from the root, forward slashes). */
export interface SourceTree {
  readonly files: ReadonlyMap<string, string>;
  /** Where the files lie on disk; a planted tree lies nowhere until `onDisk`. */
  readonly root: string | undefined;
}

const repositoryRoot = resolve(import.meta.dirname, '../..');

/** Everything that git tracks or would track: what a reviewer sees. Binary files and links to folders are left out. */
export function readRepository(root = repositoryRoot): SourceTree {
  // Tests read no configuration, and in a container the checkout is often another account's.
  const asOwn = ['-c', 'safe.directory=*'];
  const listed = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const listing = execFileSync('git', [...asOwn, ...listed], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const files = new Map<string, string>();
  for (const path of listing.split('\0').sort()) {
    const absolute = join(root, path);
    if (statSync(absolute, { throwIfNoEntry: false })?.isFile() !== true) continue;
    const text = readFileSync(absolute, 'utf8');
    if (!text.includes('\0')) files.set(path, text);
  }
  return { files, root };
}

export function plantedTree(files: Record<string, string>): SourceTree {
  return { files: new Map(Object.entries(files)), root: undefined };
}

/** Gives `use` a folder that holds the tree and reaches the repository's packages; a planted one is removed after. */
export async function onDisk<T>(tree: SourceTree, use: (root: string) => Promise<T>): Promise<T> {
  if (tree.root !== undefined) return use(tree.root);
  const root = await mkdtemp(join(tmpdir(), 'troupe-plant-'));
  try {
    await writeFile(join(root, 'package.json'), '{ "type": "module" }');
    await symlink(join(repositoryRoot, 'node_modules'), join(root, 'node_modules'), 'junction');
    for (const [path, text] of tree.files) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    return await use(root);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** The tree's TypeScript files under a folder, tests included. */
export function typescriptFiles(tree: SourceTree, folder = 'src/'): [path: string, text: string][] {
  return [...tree.files].filter(([path]) => path.startsWith(folder) && path.endsWith('.ts'));
}

/** Tests, the suites and fixtures they share, and what is offered to other parts' tests. */
export function isTestCode(path: string): boolean {
  return /(\.test|\.conformance|-fixture)\.ts$|(^|\/)testing(\.ts|\/)/.test(path) || path.startsWith('test/');
}

/** The 1-based line of an offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
