import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { configTemplate } from './config-template.ts';
import type { FileChange } from './file-change.ts';
import { planGuides } from './plan-guides.ts';
import { readTarget } from './read-target.ts';

/** What of `.agent-os/` is missing. */
export interface ProjectPlan {
  /** Whether the folder itself is missing; then it comes with its `.gitignore`. */
  isNew: boolean;
  /** Folders to make, relative to the project. */
  folders: string[];
  files: FileChange[];
  /** Files that would be newer, but were edited here: left alone. */
  leftAlone: string[];
}

const ignored = ['troupe.db*', '.cache/'];

/**
 * Compares `.agent-os/` with what a project needs; `guidesFolder` holds the guides that ship. Writes nothing.
 * Errors: `files.outside_project`, `setup.config_unreadable`.
 */
export async function planProject(root: string, guidesFolder: string): Promise<ProjectPlan> {
  const exists = async (path: string) => (await stat(join(root, path)).catch(() => undefined)) !== undefined;
  const isNew = !(await exists('.agent-os'));
  const folders = [];
  for (const folder of ['.agent-os/standards', '.agent-os/personas'])
    if (!(await exists(folder))) folders.push(folder);
  const guides = await planGuides(root, guidesFolder);
  const files = [await configChange(root), await ignoreChange(root), ...guides.files];
  return { isNew, folders, files: files.flatMap((change) => change ?? []), leftAlone: guides.leftAlone };
}

async function configChange(root: string): Promise<FileChange | undefined> {
  const shownPath = '.agent-os/config.yaml';
  const { path, text } = await readTarget(join(root, shownPath), shownPath, root);
  if (text !== undefined) return undefined;
  return { path, shownPath, before: undefined, after: configTemplate() };
}

/** A `.gitignore` that somebody changed gets back what must not be shared; a missing one comes with the folder. */
async function ignoreChange(root: string): Promise<FileChange | undefined> {
  const shownPath = '.agent-os/.gitignore';
  const { path, text } = await readTarget(join(root, shownPath), shownPath, root);
  if (text === undefined) return undefined;
  const lines = new Set(text.split(/\r?\n/).map((line) => line.trim()));
  const missing = ignored.filter((line) => !lines.has(line));
  if (missing.length === 0) return undefined;
  const gap = text === '' || text.endsWith('\n') ? '' : '\n';
  return { path, shownPath, before: text, after: `${text}${gap}${missing.join('\n')}\n` };
}
