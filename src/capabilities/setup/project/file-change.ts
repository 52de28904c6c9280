/** A text file as it is and as it is to be. */
export interface FileChange {
  /** Absolute. */
  path: string;
  /** For people: relative to the project, or to the home folder as `~/…`. */
  shownPath: string;
  /** `undefined` when there is no file yet. */
  before: string | undefined;
  after: string;
}

/** Lines that a change takes away and adds, with the line of the file (from 1) at which it happens. */
export interface ChangedLines {
  line: number;
  removed: string[];
  added: string[];
}

/** What differs, from the first line that does to the last. */
export function changedLines({ before, after }: Pick<FileChange, 'before' | 'after'>): ChangedLines {
  const old = before === undefined ? [] : before.split(/\r?\n/);
  const now = after.split(/\r?\n/);
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  const added = now.slice(start, now.length - end);
  // The end of the last line, not a line.
  if (added.at(-1) === '') added.pop();
  return { line: start + 1, removed: old.slice(start, old.length - end), added };
}
