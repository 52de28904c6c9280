import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readDocument } from '../document/read-document.ts';
import type { FolderReading, LayerReader } from './folder-reader.ts';
import { readFrontMatterIndex } from './front-matter-index.ts';
import type { FolderLimits } from './layer-folder.ts';

/**
 * Reads the personas shipped with the package, once. They cannot change while the process runs, and every start-up
 * waits for them, so this is the shortest way: a few small synchronous reads and no parser.
 */
export function shippedReader(folder: string, limits: FolderLimits): LayerReader {
  let reading: Promise<FolderReading> | undefined;
  const layer = { layer: 'built-in' as const, folder, shownAs: 'built-in', confinedTo: undefined };
  return { layer, mayChange: false, read: () => (reading ??= readShipped(folder, limits)) };
}

async function readShipped(folder: string, limits: FolderLimits): Promise<FolderReading> {
  const index = readFrontMatterIndex(folder);
  const files = readdirSync(folder).filter((file) => file.endsWith('.md'));
  const readings = files.sort().map((file) =>
    readDocument({
      identifier: basename(file, '.md'),
      path: `built-in/${file}`,
      bytes: readFileSync(join(folder, file)),
      maxBytes: limits.maxDocumentBytes,
      known: index[file],
    }),
  );
  const read = await Promise.all(readings);
  return {
    documents: read.flatMap(({ document }) => document ?? []),
    problems: read.flatMap(({ problems }) => problems),
    broken: [],
  };
}
