/**
 * Writes `front-matter.json` beside the shipped personas: their front matter, parsed beforehand, so that start-up
 * need not load the YAML parser. Run it after changing a shipped persona (`npm run index-personas`); a test
 * compares. A stale entry is ignored at run time, since it carries the hash of the file it was made from.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import prettier from 'prettier';
import { frontMatterIndexFile, frontMatterIndexOf } from '../src/capabilities/personas/index.ts';

const folder = join(import.meta.dirname, '..', 'src', 'capabilities', 'personas', 'built-in');
const files = (await readdir(folder)).filter((file) => file.endsWith('.md')).sort();
const contents = await Promise.all(
  files.map(async (file) => [file, await readFile(join(folder, file))] as const),
);
const path = join(folder, frontMatterIndexFile);
const options = await prettier.resolveConfig(path);
const json = JSON.stringify(await frontMatterIndexOf(contents));
await writeFile(path, await prettier.format(json, { ...options, filepath: path }));
