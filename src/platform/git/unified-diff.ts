/** A part of a file that a diff changes. Lines count from 1; where a side has none, its start is the line before. */
export interface Hunk {
  oldStart: number;
  oldCount: number;
  newStart: number;
  newCount: number;
  /** Each with its sign, `+`, `-` or a space, in front, and with its line end, where it has one. */
  lines: string[];
}

/** A line of a diff that names files. */
export interface NamingLine {
  /** Its place in the text, from 0. */
  at: number;
  kind: 'git' | 'old' | 'new' | 'binary' | 'from' | 'to';
  /** What stands behind its keyword, as it is written. */
  text: string;
}

/** What a diff says of one file, before it is known what part of the names in it is a prefix. */
export interface PatchText {
  /** The lines that name its files; of each kind one at most counts, the last. */
  naming: NamingLine[];
  /** Whether a header line says that the patch makes, deletes or moves the file. */
  isNew: boolean;
  isDeleted: boolean;
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
export function patchTextsOf(diff: string): PatchText[] {
  const patches: PatchText[] = [];
  let current: PatchText | undefined;
  let inHeader = false;
  let hunk: Hunk | undefined;
  let hasWindowsEnds = false;
  let oldLeft = 0;
  let newLeft = 0;
  let before = '';
  const take = () => {
    if (current !== undefined && patches.at(-1) !== current) patches.push(current);
  };
  for (const [at, raw] of diff.split('\n').entries()) {
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
      const binary = /^Binary files (.* and .*) differ$/.exec(line)?.[1];
      hunk = undefined;
      if (found !== null) {
        const [oldStart, oldCount, newStart, newCount] = found.slice(1).map((count) => Number(count ?? 1));
        [oldLeft, newLeft] = [oldCount!, newCount!];
        hunk = { oldStart: oldStart!, oldCount: oldLeft, newStart: newStart!, newCount: newLeft, lines: [] };
        current?.hunks?.push(hunk);
        take();
        inHeader = false;
      } else if (line.startsWith('+++ ') && before.startsWith('--- ')) {
        hasWindowsEnds = raw.endsWith('\r');
        // Without `diff --git` above, it is a header only when lines follow: a message may hold what looks like one.
        if (current === undefined || !inHeader) current = newPatch();
        current.naming.push(
          { at: at - 1, kind: 'old', text: before.slice('--- '.length) },
          { at, kind: 'new', text: line.slice('+++ '.length) },
        );
        current.hasText = true;
        inHeader = false;
      } else if (binary !== undefined) {
        if (current === undefined || !inHeader) current = newPatch();
        current.naming.push({ at, kind: 'binary', text: binary });
        current.binary = true;
        take();
        inHeader = false;
      } else if (line.startsWith('diff --git ')) {
        current = newPatch();
        current.naming.push({ at, kind: 'git', text: line.slice('diff --git '.length) });
        take();
        inHeader = true;
      } else if (line.startsWith('@@@ ') && current !== undefined) {
        current.hunks = undefined;
        take();
      } else {
        inHeader &&= headerLine.test(line);
        if (inHeader && current !== undefined) readHeader(line, at, current);
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

const newPatch = (): PatchText => ({
  naming: [],
  isNew: false,
  isDeleted: false,
  isRenamed: false,
  hasText: false,
  binary: false,
  hunks: [],
});

/** What git says of a file between `diff --git` and its lines. */
function readHeader(line: string, at: number, patch: PatchText): void {
  const [, verb, side, text] = /^(rename|copy) (from|to) (.*)$/.exec(line) ?? [];
  if (side === 'from' || side === 'to') {
    patch.naming.push({ at, kind: side, text: text! });
    patch.isRenamed = verb === 'rename';
  } else if (line.startsWith('new file mode ')) patch.isNew = true;
  else if (line.startsWith('deleted file mode ')) patch.isDeleted = true;
  else if (line === 'GIT binary patch') patch.binary = true;
}
