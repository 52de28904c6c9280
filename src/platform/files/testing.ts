import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What `TestContext` of `node:test` offers and is needed here. */
export interface Cleanup {
  after(run: () => Promise<void>): void;
}

const endings = new WeakMap<Cleanup, (() => unknown)[]>();

/**
 * Runs when the test has ended, what was asked for last first: a process or a database ends before its folder is removed,
 * in which it would still write. `t.after` runs in the order it was called. All are run; the first failure is thrown.
 */
export function afterwards(t: Cleanup, run: () => unknown): void {
  const known = endings.get(t);
  if (known !== undefined) return void known.push(run);
  const runs = [run];
  endings.set(t, runs);
  t.after(async () => {
    const failures: unknown[] = [];
    for (let next = runs.pop(); next !== undefined; next = runs.pop()) {
      try {
        await next();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  });
}

/** Content of a file, or the target of a link. */
export type TreeEntry = string | Buffer | { linkTo: string };

/** A temporary folder with these files (paths with forward slashes), removed after the test. Returns its real path. */
export async function temporaryTree(t: Cleanup, tree: Record<string, TreeEntry> = {}): Promise<string> {
  const root = await realpath(await mkdtemp(path.join(tmpdir(), 'troupe-')));
  afterwards(t, () => rm(root, { recursive: true, force: true, maxRetries: 5 }));
  await growTree(root, tree);
  return root;
}

/** Adds files and links to a folder. */
export async function growTree(root: string, tree: Record<string, TreeEntry>): Promise<void> {
  for (const [name, entry] of Object.entries(tree)) {
    const place = path.join(root, ...name.split('/'));
    await mkdir(path.dirname(place), { recursive: true });
    if (typeof entry === 'string' || Buffer.isBuffer(entry)) await writeFile(place, entry);
    else await symlink(entry.linkTo, place);
  }
}
