/** A part of a file that a diff changes. Lines count from 1; where a side has none, its start is the line before. */
export interface Hunk {
  oldStart: number;
  oldCount: number;
  newStart: number;
  newCount: number;
  /** Each with its sign, `+`, `-` or a space, in front, and with its line end, where it has one. */
  lines: string[];
}

/** What one patch does to one file. */
export interface FilePatch {
  /** `undefined` where the patch makes the file. */
  oldPath: string | undefined;
  /** `undefined` where the patch deletes it. */
  newPath: string | undefined;
  /** Whether the file is no longer at its old path. */
  isRenamed: boolean;
  /** Whether it shows the text, with hunks or without; a mere rename or change of mode does not. */
  hasText: boolean;
  /** Whether it says no more than that the content is binary. */
  binary: boolean;
  /** `undefined` where the lines are told in a form that cannot be applied, as those of a merge are. */
  hunks: Hunk[] | undefined;
}

const hunkHeader = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/** What may stand between `diff --git` and the lines; the text of the next mail may not. */
const headerLine =
  /^(?:(?:old|new|deleted file|new file) mode|(?:dis)?similarity index|(?:rename|copy) (?:from|to)|index|---|GIT binary) /;

/**
 * Reads a unified diff, as git and diff print it, or several in turn: what each does to each file, in its order. Line
 * counts of the hunks decide what is a line and what a header, so that no content is taken for one. Where the diff itself
 * came with Windows line ends, they are taken off the lines.
 */
export function filePatchesOf(diff: string): FilePatch[] {
  const patches: FilePatch[] = [];
  let current: FilePatch | undefined;
  let inHeader = false;
  let hunk: Hunk | undefined;
  let hasWindowsEnds = false;
  let oldLeft = 0;
  let newLeft = 0;
  let before = '';
  const take = () => {
    if (current !== undefined && patches.at(-1) !== current) patches.push(current);
  };
  for (const raw of diff.split('\n')) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (hunk !== undefined && line.startsWith('\\')) {
      // "No newline at end of file", which is said of the line before.
      const last = hunk.lines.pop();
      if (last !== undefined) hunk.lines.push(last.replace(/\n$/, ''));
    } else if (hunk !== undefined && (oldLeft > 0 || newLeft > 0) && /^(?:[ +-]|$)/.test(line)) {
      // Mail and editors cut the space of an empty line off.
      hunk.lines.push(`${(hasWindowsEnds ? line : raw) || ' '}\n`);
      if (!line.startsWith('-')) newLeft -= 1;
      if (!line.startsWith('+')) oldLeft -= 1;
    } else {
      const found = hunkHeader.exec(line);
      const binary = /^Binary files (.*) and (.*) differ$/.exec(line);
      hunk = undefined;
      if (found !== null) {
        const [oldStart, oldCount, newStart, newCount] = found.slice(1).map((count) => Number(count ?? 1));
        [oldLeft, newLeft] = [oldCount!, newCount!];
        hunk = { oldStart: oldStart!, oldCount: oldLeft, newStart: newStart!, newCount: newLeft, lines: [] };
        current?.hunks?.push(hunk);
        take();
        inHeader = false;
      } else if (line.startsWith('+++ ') && before.startsWith('--- ')) {
        const oldPath = pathOf(before.slice('--- '.length), 'a/');
        const newPath = pathOf(line.slice('+++ '.length), 'b/');
        hasWindowsEnds = raw.endsWith('\r');
        // Without `diff --git` above, it is a header only when lines follow: a message may hold what looks like one.
        if (current === undefined || !inHeader) current = newPatch(undefined, undefined);
        Object.assign(current, { oldPath, newPath, hasText: true });
        inHeader = false;
      } else if (binary !== null) {
        const [oldPath, newPath] = [pathOf(binary[1]!, 'a/'), pathOf(binary[2]!, 'b/')];
        if (current === undefined || !inHeader) current = newPatch(undefined, undefined);
        Object.assign(current, { oldPath, newPath, binary: true });
        take();
        inHeader = false;
      } else if (line.startsWith('diff --git ')) {
        const path = samePath(line.slice('diff --git '.length));
        current = newPatch(path, path);
        take();
        inHeader = true;
      } else if (line.startsWith('@@@ ') && current !== undefined) {
        current.hunks = undefined;
        take();
      } else {
        inHeader &&= headerLine.test(line);
        if (inHeader && current !== undefined) readHeader(line, current);
      }
    }
    before = line;
  }
  return patches;
}

/** Whether a text is a diff by its headers: with something to say about a file, whatever that is. */
export function isDiff(text: string): boolean {
  return /^(?:diff --git \S|--- \S.*\r?\n\+\+\+ \S|Binary files .* differ\r?$)/m.test(text);
}

const newPatch = (oldPath: string | undefined, newPath: string | undefined): FilePatch => ({
  oldPath,
  newPath,
  isRenamed: false,
  hasText: false,
  binary: false,
  hunks: [],
});

/** What git says of a file between `diff --git` and its lines. */
function readHeader(line: string, patch: FilePatch): void {
  const value = (name: string) => (line.startsWith(name) ? pathOf(line.slice(name.length), '') : undefined);
  const from = value('rename from ') ?? value('copy from ');
  const to = value('rename to ') ?? value('copy to ');
  if (from !== undefined) Object.assign(patch, { oldPath: from, isRenamed: line.startsWith('rename') });
  else if (to !== undefined) patch.newPath = to;
  else if (line.startsWith('new file mode ')) patch.oldPath = undefined;
  else if (line.startsWith('deleted file mode ')) patch.newPath = undefined;
  else if (line === 'GIT binary patch') patch.binary = true;
}

/** The path of `a/src/a.ts b/src/a.ts`; `undefined` where the two are not the same: other lines name them then. */
function samePath(names: string): string | undefined {
  const middle = (names.length - 1) / 2;
  const [first, second] = [names.slice(0, middle), names.slice(middle + 1)];
  const path = pathOf(first, 'a/');
  return path === pathOf(second, 'b/') ? path : undefined;
}

/** `b/src/a.ts`, perhaps quoted as git does, or followed by a tab and a date; `/dev/null` is no file. */
function pathOf(text: string, prefix: 'a/' | 'b/' | ''): string | undefined {
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
