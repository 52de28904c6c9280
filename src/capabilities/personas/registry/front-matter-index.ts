import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const schema = z.record(
  z.string(),
  z.object({ contentHash: z.string(), frontMatter: z.record(z.string(), z.unknown()) }),
);

/** Front matter of the shipped personas, parsed beforehand: file name to hash and keys. */
export type FrontMatterIndex = z.output<typeof schema>;

export const frontMatterIndexFile = 'front-matter.json';

/**
 * Reads the index beside the shipped personas. It only saves loading the YAML parser at start-up: an entry counts
 * when its hash is the file's, so a missing, stale or damaged index costs time and nothing else.
 */
export async function readFrontMatterIndex(folder: string): Promise<FrontMatterIndex> {
  try {
    const parsed = schema.safeParse(JSON.parse(await readFile(join(folder, frontMatterIndexFile), 'utf8')));
    return parsed.success ? parsed.data : {};
  } catch {
    return {};
  }
}
