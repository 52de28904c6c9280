import { statSync } from 'node:fs';
import path from 'node:path';
import { readIgnoreFile, type IgnoreFile } from './ignore-file.ts';

/** Excludes more than git does, in the same syntax; it cannot bring back what git ignores. */
export const agentIgnoreName = '.agent-osignore';
const readableAgentFolders = new Set(['standards', 'personas']);

interface Level {
  /** How many parts of a path lead to the folder of these rules. Negative above the project's root. */
  depth: number;
  git: IgnoreFile | undefined;
  agent: IgnoreFile | undefined;
}

/** The rules that hold in one folder, from the outermost to its own. */
export type IgnoreLevels = readonly Level[];

/**
 * The ignore rules of a project: `.gitignore` and `.agent-osignore` at every level, `.gitignore` of the folders above
 * up to the repository's root, `.git/info/exclude`; `.git`, `node_modules` and `.agent-os` (but for its `standards`
 * and `personas`) always. Reads the files anew, so make one for each walk.
 */
export class IgnoreRules {
  readonly #root: string;
  readonly #above: readonly string[];
  readonly rootLevels: IgnoreLevels;

  constructor(root: string) {
    this.#root = root;
    const repository = repositoryRoot(root);
    this.#above =
      repository === undefined ? [] : path.relative(repository, root).split(path.sep).filter(Boolean);
    const own = this.#level(0, root);
    const outer = repository === undefined ? [] : this.#outerLevels(repository);
    // Whoever points at a project inside an ignored folder wants it read.
    const rootIsIgnored = this.#above.some((_, index) => {
      const parts = this.#above.slice(0, index + 1);
      return decide(outer, 'git', (depth) => parts.slice(depth + this.#above.length), true) === 'ignored';
    });
    this.rootLevels = rootIsIgnored ? [own] : [...outer, own];
  }

  /** The rules inside a folder, given those of its parent. `segments` lead from the root to the folder. */
  enter(levels: IgnoreLevels, segments: readonly string[]): IgnoreLevels {
    const level = this.#level(segments.length, path.join(this.#root, ...segments));
    return level.git === undefined && level.agent === undefined ? levels : [...levels, level];
  }

  /** Whether an entry is ignored by itself; its parents are known not to be. */
  excludes(levels: IgnoreLevels, segments: readonly string[], isFolder: boolean): boolean {
    if (isAlwaysIgnored(segments)) return true;
    const from = (depth: number) =>
      depth >= 0 ? segments.slice(depth) : [...this.#above.slice(this.#above.length + depth), ...segments];
    return (
      decide(levels, 'git', from, isFolder) === 'ignored' ||
      decide(levels, 'agent', from, isFolder) === 'ignored'
    );
  }

  /** The rules inside the folder at `segments`, or `undefined` when it or a parent of it is ignored. */
  levelsAt(segments: readonly string[]): IgnoreLevels | undefined {
    let levels = this.rootLevels;
    for (let length = 1; length <= segments.length; length++) {
      const folder = segments.slice(0, length);
      if (this.excludes(levels, folder, true)) return undefined;
      levels = this.enter(levels, folder);
    }
    return levels;
  }

  /** Whether a path or one of its parents is ignored. */
  isIgnored(segments: readonly string[], isFolder: boolean): boolean {
    if (segments.length === 0) return false;
    const levels = this.levelsAt(segments.slice(0, -1));
    return levels === undefined || this.excludes(levels, segments, isFolder);
  }

  #level(depth: number, folder: string): Level {
    return {
      depth,
      git: readIgnoreFile(folder, '.gitignore'),
      agent: readIgnoreFile(folder, agentIgnoreName),
    };
  }

  #outerLevels(repository: string): Level[] {
    const depth = -this.#above.length;
    const excluded: Level = {
      depth,
      git: readIgnoreFile(path.join(repository, '.git', 'info'), 'exclude'),
      agent: undefined,
    };
    const above = this.#above.map((_, index) =>
      this.#level(depth + index, path.join(repository, ...this.#above.slice(0, index))),
    );
    return [excluded, ...above];
  }
}

function decide(
  levels: IgnoreLevels,
  kind: 'git' | 'agent',
  from: (depth: number) => readonly string[],
  isFolder: boolean,
): 'ignored' | 'kept' | undefined {
  for (let index = levels.length - 1; index >= 0; index--) {
    const level = levels[index]!;
    const segments = level[kind] === undefined ? [] : from(level.depth);
    const verdict = segments.length === 0 ? undefined : level[kind]!(segments, isFolder);
    if (verdict !== undefined) return verdict;
  }
  return undefined;
}

function isAlwaysIgnored(segments: readonly string[]): boolean {
  const name = segments.at(-1)!.toLowerCase();
  if (name === '.git' || name === 'node_modules') return true;
  return segments.at(-2)?.toLowerCase() === '.agent-os' && !readableAgentFolders.has(name);
}

/** The nearest folder upwards, the project itself included, that is a repository's root. */
function repositoryRoot(root: string): string | undefined {
  for (let folder = root; ; folder = path.dirname(folder)) {
    if (statSync(path.join(folder, '.git'), { throwIfNoEntry: false }) !== undefined) return folder;
    if (path.dirname(folder) === folder) return undefined;
  }
}
