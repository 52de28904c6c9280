import { readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { placeIsInside } from './confinement.ts';
import { contains } from './contains.ts';
import { filesErrors } from './errors.ts';
import type { IgnoreLevels, IgnoreRules } from './ignore-rules.ts';

/** A file that was met and not used, and why. */
export interface SkippedFile {
  /** Project-relative, forward slashes. */
  path: string;
  reason: 'binary' | 'too-large' | 'outside-project' | 'unreadable';
  sizeBytes?: number;
  /** The size it may have, where that is the reason. */
  limitBytes?: number;
}

/** One thing met on the way, in the order of its path. */
export type Visit =
  | { kind: 'file'; path: string; absolute: string }
  | { kind: 'ignored'; path: string }
  | { kind: 'skipped'; skipped: SkippedFile };

interface Entry {
  name: string;
  isFolder: boolean;
  isLink: boolean;
}

interface OpenFolder {
  segments: readonly string[];
  levels: IgnoreLevels;
  entries: readonly Entry[];
  next: number;
}

/**
 * Walks a project from `start` (parts of a folder's path below the root), files in order of their paths.
 *
 * Links are not followed: what they name inside the project is met at its own place, so nothing comes twice and no
 * cycle exists; links that lead out, or nowhere, come as skipped.
 */
export async function* walkTree(
  root: string,
  rules: IgnoreRules,
  start: readonly string[],
): AsyncGenerator<Visit> {
  const levels = rules.levelsAt(start);
  if (levels === undefined) {
    yield { kind: 'ignored', path: start.join('/') };
    return;
  }
  const first = openFolder(root, start, levels);
  if (first === undefined) {
    throw filesErrors.make('files.unreadable', { path: start.join('/') || '.', reason: 'folder' });
  }
  const stack: OpenFolder[] = [first];
  for (let folder = stack.at(-1); folder !== undefined; folder = stack.at(-1)) {
    const entry = folder.entries[folder.next++];
    if (entry === undefined) {
      stack.pop();
      continue;
    }
    const segments = [...folder.segments, entry.name];
    const shown = segments.join('/');
    if (rules.excludes(folder.levels, segments, entry.isFolder)) {
      yield { kind: 'ignored', path: shown };
    } else if (entry.isFolder) {
      const inner = openFolder(root, segments, rules.enter(folder.levels, segments));
      if (inner !== undefined) stack.push(inner);
      else yield { kind: 'skipped', skipped: { path: shown, reason: 'unreadable' } };
    } else {
      const absolute = path.join(root, ...segments);
      const reason = entry.isLink ? await linkProblem(root, absolute) : undefined;
      if (reason !== undefined) yield { kind: 'skipped', skipped: { path: shown, reason } };
      else if (!entry.isLink) yield { kind: 'file', path: shown, absolute };
    }
  }
}

function openFolder(root: string, segments: readonly string[], levels: IgnoreLevels): OpenFolder | undefined {
  try {
    const entries = readdirSync(path.join(root, ...segments), { withFileTypes: true })
      .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory(), isLink: entry.isSymbolicLink() }))
      .sort((a, b) => compareText(sortKey(a), sortKey(b)));
    return { segments, levels, entries, next: 0 };
  } catch {
    return undefined;
  }
}

// With its slash, a folder stands exactly where its files' whole paths stand.
const sortKey = (entry: Entry) => (entry.isFolder ? `${entry.name}/` : entry.name);

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

async function linkProblem(root: string, absolute: string): Promise<SkippedFile['reason'] | undefined> {
  try {
    if (!contains(root, realpathSync(absolute))) return 'outside-project';
    statSync(absolute);
    return undefined;
  } catch {
    return (await placeIsInside(root, absolute)) ? 'unreadable' : 'outside-project';
  }
}
