import path from 'node:path';
import type { ProjectFiles } from '../../../platform/files/index.ts';
import { findPlaces } from './find-places.ts';
import { namedPlaces } from './named-places.ts';

/**
 * A task as it reads from the project's root, where somebody wrote it in a folder below it: its words that name places are
 * looked for from the folder first, then from the root. Words that name none stay as they are. `folder` is relative to
 * the root, with forward slashes. Errors: `files.outside_project`.
 */
export async function taskFromFolder(task: string, files: ProjectFiles, folder: string): Promise<string> {
  if (folder === '.') return task;
  const found = new Map<string, string>();
  const { named } = await namedPlaces(task, files, async (word) => {
    const bare = word.replaceAll('\\', '/').replace(/^@/, '');
    if (path.isAbsolute(bare) || bare === '') return findPlaces(word, files);
    const fromFolder = path.posix.join(folder, bare);
    const places = await findPlaces(fromFolder, files);
    if (places.length === 0) return findPlaces(word, files);
    found.set(word, fromFolder.replace(/(?<=.)\/$/, ''));
    return places;
  });
  let written = task;
  for (const { word, quoted, start, end } of [...named].reverse()) {
    const fromRoot = found.get(word);
    if (fromRoot === undefined) continue;
    const needsQuotes = !quoted && /\s/.test(fromRoot);
    written = written.slice(0, start) + (needsQuotes ? `"${fromRoot}"` : fromRoot) + written.slice(end);
  }
  return written;
}
