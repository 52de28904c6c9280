import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileChange } from './file-change.ts';
import { readTarget } from './read-target.ts';

/** The guides a project gets, and those that somebody has made their own. */
export interface GuidesPlan {
  files: FileChange[];
  /** Project-relative paths of guides that were edited here: never overwritten. */
  leftAlone: string[];
}

const folder = '.agent-os/guides';

// At the end, where it does not stand between a reader and the title.
const mark = (text: string) =>
  `<!-- Installed by troupe init, which replaces it by newer ones unless it is edited. ${hashOf(text)} -->`;
const marked = /\n<!-- Installed by troupe init, [^\n]* ([0-9a-f]{64}) -->\n$/;

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

/**
 * Compares the guides in `.agent-os/guides/` with those in `shippedFolder`. A guide of an older version is replaced, an
 * edited one is left alone. Writes nothing. Errors: `files.outside_project`, `setup.config_unreadable`.
 */
export async function planGuides(root: string, shippedFolder: string): Promise<GuidesPlan> {
  const plan: GuidesPlan = { files: [], leftAlone: [] };
  const names = (await readdir(shippedFolder)).filter((name) => name.endsWith('.md')).sort();
  for (const name of names) {
    const shipped = await readFile(join(shippedFolder, name), 'utf8');
    const after = `${shipped}\n${mark(shipped)}\n`;
    const shownPath = `${folder}/${name}`;
    const { path, text: before } = await readTarget(join(root, shownPath), shownPath, root);
    if (before === after) continue;
    if (before !== undefined && !isOurs(before)) plan.leftAlone.push(shownPath);
    else plan.files.push({ path, shownPath, before, after });
  }
  return plan;
}

/** Whether a guide is as some version of Troupe wrote it; checking out may have changed its line ends. */
function isOurs(text: string): boolean {
  const lf = text.replaceAll('\r\n', '\n');
  const found = marked.exec(lf);
  return found !== null && hashOf(lf.slice(0, found.index)) === found[1];
}
