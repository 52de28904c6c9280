/** Matches the parts of a path between its slashes. */
export type SegmentsMatcher = (segments: readonly string[]) => boolean;

type Token =
  | { kind: 'literal'; text: string }
  | { kind: 'one' }
  | { kind: 'class'; negated: boolean; ranges: readonly (readonly [string, string])[] };

type Part = { kind: 'any-folders' } | { kind: 'name'; matches: (name: string) => boolean };

/**
 * Compiles slash-separated wildcards (`*`, `?`, `[a-z]`, `[!a]`, `\x`, and `**` as a whole part). A trailing `**` needs
 * at least one part. Greedy with one point to return to, so never worse than path length times pattern length.
 */
export function compileSegments(pattern: string, options: { ignoreCase: boolean }): SegmentsMatcher {
  const fold = options.ignoreCase ? (text: string) => text.toLowerCase() : (text: string) => text;
  const parts = withPlainSlashes(fold(pattern))
    .split('/')
    .map((part): Part =>
      part === '**' ? { kind: 'any-folders' } : { kind: 'name', matches: compileName(part) },
    );
  if (parts.at(-1)?.kind === 'any-folders') parts.push({ kind: 'name', matches: () => true });
  return (segments) => matchParts(parts, options.ignoreCase ? segments.map(fold) : segments);
}

/** A slash stands for itself already, so `a\/b` is `a/b`, as for git. */
function withPlainSlashes(pattern: string): string {
  return pattern.replaceAll(/\\[^]/g, (pair) => (pair === '\\/' ? '/' : pair));
}

function matchParts(parts: readonly Part[], segments: readonly string[]): boolean {
  let part = 0;
  let segment = 0;
  let retryPart = -1;
  let retrySegment = 0;
  while (segment < segments.length) {
    const wanted = parts[part];
    if (wanted?.kind === 'any-folders') {
      retryPart = ++part;
      retrySegment = segment;
    } else if (wanted !== undefined && wanted.matches(segments[segment]!)) {
      part += 1;
      segment += 1;
    } else if (retryPart >= 0) {
      part = retryPart;
      segment = ++retrySegment;
    } else {
      return false;
    }
  }
  while (parts[part]?.kind === 'any-folders') part += 1;
  return part === parts.length;
}

function compileName(pattern: string): (name: string) => boolean {
  const pieces = tokenize(pattern);
  if (pieces.length === 1) {
    const [only] = pieces;
    return (name) => matchesAt(only!, name, 0) && only!.length === name.length;
  }
  const first = pieces[0]!;
  const last = pieces.at(-1)!;
  const middle = pieces.slice(1, -1);
  return (name) => {
    const end = name.length - last.length;
    if (end < first.length || !matchesAt(first, name, 0) || !matchesAt(last, name, end)) return false;
    let at = first.length;
    for (const piece of middle) {
      while (at + piece.length <= end && !matchesAt(piece, name, at)) at += 1;
      if (at + piece.length > end) return false;
      at += piece.length;
    }
    return true;
  };
}

/** What stands between the stars; each token takes one character. */
function tokenize(pattern: string): Token[][] {
  const pieces: Token[][] = [[]];
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern[index]!;
    const piece = pieces.at(-1)!;
    if (character === '*') {
      if (piece.length > 0 || pieces.length === 1) pieces.push([]);
    } else if (character === '?') {
      piece.push({ kind: 'one' });
    } else if (character === '[') {
      const read = readClass(pattern, index);
      piece.push(read?.token ?? { kind: 'literal', text: character });
      index = read?.end ?? index;
    } else if (character === '\\' && index + 1 < pattern.length) {
      piece.push({ kind: 'literal', text: pattern[++index]! });
    } else {
      piece.push({ kind: 'literal', text: character });
    }
  }
  return pieces;
}

function readClass(pattern: string, start: number): { token: Token; end: number } | undefined {
  let index = start + 1;
  const negated = pattern[index] === '!' || pattern[index] === '^';
  if (negated) index += 1;
  const ranges: [string, string][] = [];
  for (let first = true; index < pattern.length; first = false, index++) {
    if (pattern[index] === ']' && !first) return { token: { kind: 'class', negated, ranges }, end: index };
    if (pattern[index] === '\\') index += 1;
    const from = pattern[index];
    if (from === undefined) return undefined;
    if (pattern[index + 1] === '-' && pattern[index + 2] !== undefined && pattern[index + 2] !== ']') {
      index += pattern[index + 2] === '\\' ? 3 : 2;
      ranges.push([from, pattern[index] ?? from]);
    } else {
      ranges.push([from, from]);
    }
  }
  return undefined;
}

function matchesAt(piece: readonly Token[], name: string, at: number): boolean {
  for (let index = 0; index < piece.length; index++) {
    const token = piece[index]!;
    const character = name[at + index];
    if (character === undefined) return false;
    if (token.kind === 'literal' && token.text !== character) return false;
    if (token.kind === 'class') {
      const listed = token.ranges.some(([from, to]) => from <= character && character <= to);
      if (listed === token.negated) return false;
    }
  }
  return true;
}
