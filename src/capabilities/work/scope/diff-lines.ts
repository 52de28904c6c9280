/** Lines that a diff adds or changes, by file: `line` from 1, in the new version. */
export type ChangedLines = ReadonlyMap<string, ReadonlySet<number>>;

const hunkHeader = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@/;

/**
 * Reads a unified diff, as git and diff print it: which lines of which files it adds. `undefined` when the text is
 * no diff. A file that is only deleted or renamed has no lines.
 */
export function changedLinesOf(text: string): ChangedLines | undefined {
  const files = new Map<string, Set<number>>();
  let lines: Set<number> | undefined;
  let next: number | undefined;
  let before = '';
  for (const line of text.split(/\r?\n/)) {
    const hunk = hunkHeader.exec(line);
    if (hunk !== null) next = Number(hunk[1]);
    // An added line can begin like a header; a header follows that of the old version.
    else if (line.startsWith('+++ ') && before.startsWith('--- ')) {
      const path = pathOf(line.slice('+++ '.length));
      lines = path === undefined ? undefined : (files.get(path) ?? new Set());
      if (path !== undefined && lines !== undefined) files.set(path, lines);
      next = undefined;
    } else if (line.startsWith('diff --git ')) next = undefined;
    else if (next !== undefined) {
      if (line.startsWith('+')) lines?.add(next);
      if (line.startsWith('+') || line.startsWith(' ') || line === '') next += 1;
    }
    before = line;
  }
  return files.size === 0 || [...files.values()].every((of) => of.size === 0) ? undefined : files;
}

/** `b/src/a.ts`, perhaps quoted or followed by a tab and a date; `/dev/null` is no file. */
function pathOf(text: string): string | undefined {
  const path = text
    .split('\t')[0]!
    .trim()
    .replace(/^"(.*)"$/, '$1');
  return path === '/dev/null' ? undefined : path.replace(/^b\//, '');
}
