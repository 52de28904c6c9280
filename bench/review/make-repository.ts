import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * A repository of that many source files, made from the sources of the example shop and of troupe itself, so that its
 * files are of the size and shape people write. Deterministic.
 */
export async function makeRepository(folder: string, files: number): Promise<void> {
  const root = join(import.meta.dirname, '..', '..');
  const sources = [
    ...(await sourcesUnder(join(root, 'examples', 'checkout'))),
    ...(await sourcesUnder(join(root, 'src'))),
  ];
  await cp(join(root, 'examples', 'checkout', 'package.json'), join(folder, 'package.json'));
  for (let n = 0; n < files; n++) {
    const source = sources[n % sources.length]!;
    const copy = Math.floor(n / sources.length);
    const target = join(folder, `part-${copy}`, source.relative);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, await readFile(source.absolute));
  }
}

async function sourcesUnder(folder: string): Promise<{ absolute: string; relative: string }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.(ts|py)$/.test(entry.name))
    .map((entry) => {
      const absolute = join(entry.parentPath, entry.name);
      return { absolute, relative: absolute.slice(folder.length + 1) };
    })
    .sort((a, b) => (a.absolute < b.absolute ? -1 : 1));
}
