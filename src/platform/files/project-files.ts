import { realpath, stat } from 'node:fs/promises';
import { systemClock, type Clock } from '../../kernel/index.ts';
import { resolveInside } from './confinement.ts';
import { filesErrors } from './errors.ts';
import { defaultFileLimits, type FileLimits } from './file-limits.ts';
import { listFiles, type FileListing, type ListOptions } from './file-listing.ts';
import { IgnoreRules } from './ignore-rules.ts';
import { readText, type TextFile } from './read-text.ts';
import { searchFiles, type SearchOptions, type SearchResult } from './search-files.ts';

/** Reading access to one project: nothing outside its root, nothing ignored. */
export interface ProjectFiles {
  /** Real path. */
  readonly root: string;
  /**
   * The real place of a path relative to the root, or absolute. `relative` has forward slashes, `.` for the root.
   * Errors: `files.bad_path`, `files.outside_project` (through links too), `files.not_found`, `files.not_a_file`.
   */
  resolve(path: string): Promise<{ absolute: string; relative: string; kind: 'file' | 'directory' }>;
  /**
   * Whether ignore rules exclude a path, which need not exist. `path` is relative with forward slashes. One call reads
   * the rules anew.
   */
  isIgnored(path: string, kind?: 'file' | 'directory'): boolean;
  /**
   * Text files in order of their paths, with everything that was left out. Lets other work run at least every 8 ms.
   * Errors: as `resolve` for `under`; `files.bad_glob`; the signal's reason.
   */
  list(options?: ListOptions): Promise<FileListing>;
  /**
   * A text file as UTF-8, without byte order mark. Bytes that are not UTF-8 become the replacement character, and are
   * refused where the text `isKept`.
   * Errors: as `resolve`; `files.ignored`, `files.binary`, `files.other_encoding`, `files.too_large`, `files.unreadable`.
   */
  readText(path: string, options?: { maxBytes?: number; isKept?: boolean }): Promise<TextFile>;
  /**
   * Lines that match a JavaScript regular expression, in order of path and line.
   * Guarantee: ends in time; a pattern that backtracks without end is stopped after `maxPatternMs`.
   * Errors: as `list`; `files.bad_pattern`, `files.pattern_too_slow`.
   */
  grep(options: SearchOptions): Promise<SearchResult>;
}

/** Errors: `files.not_found`, `files.not_a_folder`. */
export async function openProjectFiles(
  options: { root: string; clock?: Clock } & Partial<FileLimits>,
): Promise<ProjectFiles> {
  const root = await realpath(options.root).catch(() => {
    throw filesErrors.make('files.not_found', { path: options.root });
  });
  if (!(await stat(root)).isDirectory()) throw filesErrors.make('files.not_a_folder', { path: options.root });
  const { root: _root, clock = systemClock, ...given } = options;
  const limits = { ...defaultFileLimits, ...given };
  return {
    root,
    resolve: (path) => resolveInside(root, path),
    isIgnored: (path, kind = 'file') =>
      new IgnoreRules(root).isIgnored(
        path.split('/').filter((part) => part !== '' && part !== '.'),
        kind === 'directory',
      ),
    list: (listOptions = {}) => listFiles(root, { ...limits, ...listOptions }),
    readText: (path, { maxBytes = limits.maxFileBytes, isKept = false } = {}) =>
      readText(root, path, { maxBytes, isKept }),
    grep: (searchOptions) => searchFiles(root, searchOptions, limits, clock),
  };
}
