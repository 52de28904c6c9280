/** What a unified diff adds to one file. */
export interface AddedLines {
  /** Text of each added line by its number in the new version, from 1. */
  lines: ReadonlyMap<number, string>;
  /** Whether the diff says no more than that the content is binary. */
  binary: boolean;
}

/** A part of a file that a diff changes. Lines count from 1; where a side has none, its start is the line before. */
export interface Hunk {
  oldStart: number;
  oldCount: number;
  newStart: number;
  newCount: number;
  /** Each with its sign, `+`, `-` or a space, in front, and with its line end, where it has one. */
  lines: string[];
}

/** What a unified diff does to one file that it leaves there. */
export interface FileChange {
  /** Before; `undefined` where the diff makes the file. */
  oldPath: string | undefined;
  /** Whether the diff says no more than that the content is binary. */
  binary: boolean;
  hunks: Hunk[];
}

const hunkHeader = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/**
 * Reads a unified diff, as git and diff print it: the lines it adds, by file of the new version. A file that is only
 * deleted or renamed has none. Text that is no diff has no files.
 */
export function addedLinesOf(diff: string): Map<string, AddedLines> {
  const files = [...fileChangesOf(diff)];
  return new Map(files.map(([path, { binary, hunks }]) => [path, { binary, lines: addedBy(hunks) }]));
}

/** Text of each line that hunks add, by its number in the new version. */
export function addedBy(hunks: readonly Hunk[]): Map<number, string> {
  const added = new Map<number, string>();
  for (const { newStart, lines } of hunks) {
    let number = newStart;
    for (const line of lines) {
      if (line.startsWith('+')) added.set(number, line.slice(1).replace(/\r?\n?$/, ''));
      if (!line.startsWith('-')) number += 1;
    }
  }
  return added;
}

/**
 * Reads a unified diff: what it does to each file that is there afterwards, by its new path. A file that is only deleted,
 * or renamed as it is, is not among them. Line counts of the hunks decide what is a line and what a header, so that no
 * content is taken for one. Where the diff itself came with Windows line ends, they are taken off the lines.
 */
export function fileChangesOf(diff: string): Map<string, FileChange> {
  const files = new Map<string, FileChange>();
  const open = (path: string, oldPath: string | undefined) => {
    const known = files.get(path) ?? { oldPath, binary: false, hunks: [] };
    files.set(path, known);
    return known;
  };
  let current: FileChange | undefined;
  let hunk: Hunk | undefined;
  let hasWindowsEnds = false;
  let oldLeft = 0;
  let newLeft = 0;
  let before = '';
  for (const raw of diff.split('\n')) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (hunk !== undefined && line.startsWith('\\')) {
      // "No newline at end of file", which is said of the line before.
      const last = hunk.lines.pop();
      if (last !== undefined) hunk.lines.push(last.replace(/\n$/, ''));
    } else if (hunk !== undefined && (oldLeft > 0 || newLeft > 0)) {
      // Mail and editors cut the space of an empty line off.
      hunk.lines.push(`${(hasWindowsEnds ? line : raw) || ' '}\n`);
      if (!line.startsWith('-')) newLeft -= 1;
      if (!line.startsWith('+')) oldLeft -= 1;
    } else {
      const found = hunkHeader.exec(line);
      const binary = /^Binary files (.*) and (.*) differ$/.exec(line);
      if (found !== null) {
        const [oldStart, oldCount, newStart, newCount] = found.slice(1).map((count) => Number(count ?? 1));
        [oldLeft, newLeft] = [oldCount!, newCount!];
        hunk = { oldStart: oldStart!, oldCount: oldLeft, newStart: newStart!, newCount: newLeft, lines: [] };
        current?.hunks.push(hunk);
      } else hunk = undefined;
      if (line.startsWith('+++ ') && before.startsWith('--- ')) {
        const path = pathOf(line.slice('+++ '.length), 'b/');
        hasWindowsEnds = raw.endsWith('\r');
        current = path === undefined ? undefined : open(path, pathOf(before.slice('--- '.length), 'a/'));
      } else if (binary !== null) {
        const path = pathOf(binary[2]!, 'b/');
        if (path !== undefined) open(path, pathOf(binary[1]!, 'a/')).binary = true;
      } else if (line.startsWith('diff --git ')) current = undefined;
    }
    before = line;
  }
  return files;
}

/** Whether a text is a diff by its headers: with something to say about a file, whatever that is. */
export function isDiff(text: string): boolean {
  return /^(?:diff --git \S|--- \S.*\r?\n\+\+\+ \S|Binary files .* differ\r?$)/m.test(text);
}

/** `b/src/a.ts`, perhaps quoted as git does, or followed by a tab and a date; `/dev/null` is no file. */
function pathOf(text: string, prefix: 'a/' | 'b/'): string | undefined {
  const quoted = /^"((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
  const path = quoted === undefined ? text.split('\t')[0]!.trim() : unquoted(quoted);
  if (path === '/dev/null') return undefined;
  return path.startsWith(prefix) ? path.slice(prefix.length) : path;
}

const escapes: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };

/** Git's quoting: C escapes, and octal numbers for the bytes of UTF-8. */
function unquoted(text: string): string {
  const bytes: Buffer[] = [];
  for (const [part, escape] of text.matchAll(/\\([0-7]{1,3}|.)|[^\\]+/gs)) {
    if (escape === undefined) bytes.push(Buffer.from(part));
    else if (/^[0-7]/.test(escape)) bytes.push(Buffer.from([parseInt(escape, 8) & 0xff]));
    else bytes.push(escapes[escape] === undefined ? Buffer.from(escape) : Buffer.from([escapes[escape]]));
  }
  return Buffer.concat(bytes).toString('utf8');
}
