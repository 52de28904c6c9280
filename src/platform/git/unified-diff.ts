/** What a unified diff adds to one file. */
export interface AddedLines {
  /** Text of each added line by its number in the new version, from 1. */
  lines: ReadonlyMap<number, string>;
  /** Whether the diff says no more than that the content is binary. */
  binary: boolean;
}

const hunkHeader = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/**
 * Reads a unified diff, as git and diff print it: the lines it adds, by file of the new version. A file that is only
 * deleted, renamed or shortened has none. Text that is no diff has no files. Line counts of the hunks decide what is a
 * line and what a header, so that no content is taken for one.
 */
export function addedLinesOf(diff: string): Map<string, AddedLines> {
  const files = new Map<string, { lines: Map<number, string>; binary: boolean }>();
  const open = (path: string) => {
    const known = files.get(path) ?? { lines: new Map<number, string>(), binary: false };
    files.set(path, known);
    return known;
  };
  let current: { lines: Map<number, string> } | undefined;
  let next = 0;
  let oldLeft = 0;
  let newLeft = 0;
  let before = '';
  for (const raw of diff.split('\n')) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (oldLeft > 0 || newLeft > 0) {
      if (line.startsWith('+')) current?.lines.set(next, line.slice(1));
      if (!line.startsWith('-') && !line.startsWith('\\')) {
        next += 1;
        newLeft -= 1;
      }
      if (!line.startsWith('+') && !line.startsWith('\\')) oldLeft -= 1;
      before = line;
      continue;
    }
    const hunk = hunkHeader.exec(line);
    const binary = /^Binary files .* and (.*) differ$/.exec(line)?.[1];
    if (hunk !== null) {
      [oldLeft, next, newLeft] = [Number(hunk[1] ?? 1), Number(hunk[2]), Number(hunk[3] ?? 1)];
    } else if (line.startsWith('+++ ') && before.startsWith('--- ')) {
      const path = pathOf(line.slice('+++ '.length));
      current = path === undefined ? undefined : open(path);
    } else if (binary !== undefined) {
      const path = pathOf(binary);
      if (path !== undefined) open(path).binary = true;
    } else if (line.startsWith('diff --git ')) current = undefined;
    before = line;
  }
  return files;
}

/** Whether a text is a diff by its headers: with something to say about a file, whatever that is. */
export function isDiff(text: string): boolean {
  return /^(?:diff --git \S|--- \S.*\r?\n\+\+\+ \S|Binary files .* differ\r?$)/m.test(text);
}

/** `b/src/a.ts`, perhaps quoted as git does, or followed by a tab and a date; `/dev/null` is no file. */
function pathOf(text: string): string | undefined {
  const quoted = /^"((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
  const path = quoted === undefined ? text.split('\t')[0]!.trim() : unquoted(quoted);
  return path === '/dev/null' ? undefined : path.replace(/^b\//, '');
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
