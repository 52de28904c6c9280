import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KnownFrontMatter } from '../document/read-document.ts';
import { splitDocument } from '../document/split-document.ts';

/** Front matter of the shipped personas, read beforehand: file name to hash, data and checked values. */
export type FrontMatterIndex = Record<string, KnownFrontMatter>;

/** Name of the index, in the folder of the shipped personas. */
export const frontMatterIndexFile = 'front-matter.json';

/**
 * Reads the index beside the shipped personas. It only saves loading parsers at start-up: an entry counts when its
 * hash is the file's, so a missing or stale index costs time and nothing else. Synchronous for the same reason: on
 * a cold start one small read is done before a thread of the pool has begun.
 */
export function readFrontMatterIndex(folder: string): FrontMatterIndex {
  try {
    return JSON.parse(readFileSync(join(folder, frontMatterIndexFile), 'utf8')) as FrontMatterIndex;
  } catch {
    return {};
  }
}

/** Makes the index of these files. A file that is not a sound persona gets no entry. */
export async function frontMatterIndexOf(
  files: readonly (readonly [name: string, bytes: Uint8Array])[],
): Promise<FrontMatterIndex> {
  const [{ parseFrontMatter }, { readValues }] = await Promise.all([
    import('../../../platform/front-matter/index.ts'),
    import('../document/read-values.ts'),
  ]);
  const index: FrontMatterIndex = {};
  for (const [name, bytes] of files) {
    const split = splitDocument(new TextDecoder().decode(bytes));
    if ('reason' in split) continue;
    const data = parseFrontMatter(split.yaml, split.yamlLine, 'name: Security').frontMatter?.data;
    const values = data === undefined ? undefined : readValues(data, () => undefined);
    if (data === undefined || values === undefined) continue;
    index[name] = { contentHash: createHash('sha256').update(bytes).digest('hex'), data, values };
  }
  return index;
}
