import path from 'node:path';
import { compileSegments, type SegmentsMatcher } from './glob-segments.ts';
import { readRegularFile } from './regular-file.ts';

const maxIgnoreFileBytes = 1_000_000;
// The file systems of Windows and macOS take `Build` and `build` for one folder, and so does git there.
const ignoreCase = process.platform === 'win32' || process.platform === 'darwin';

interface IgnoreRule {
  negated: boolean;
  foldersOnly: boolean;
  matches: SegmentsMatcher;
}

/** What one ignore file says about the entry itself, not about its parents; the last rule that matches decides. */
export type IgnoreFile = (segments: readonly string[], isFolder: boolean) => 'ignored' | 'kept' | undefined;

/** Reads an ignore file. A missing one, a link, or an unreadable one has no rules, as with git. */
export function readIgnoreFile(folder: string, name: string): IgnoreFile | undefined {
  const content = readRegularFile(path.join(folder, name), maxIgnoreFileBytes);
  return content.kind === 'text' ? parseIgnoreFile(content.bytes.toString('utf8')) : undefined;
}

/** Compiles text in .gitignore syntax; segments are relative to the folder it stands in. */
export function parseIgnoreFile(text: string): IgnoreFile {
  const rules = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap((line) => parseRule(line) ?? [])
    .reverse();
  return (segments, isFolder) => {
    const rule = rules.find((one) => (isFolder || !one.foldersOnly) && one.matches(segments));
    if (rule === undefined) return undefined;
    return rule.negated ? 'kept' : 'ignored';
  };
}

function parseRule(line: string): IgnoreRule | undefined {
  let pattern = trimUnescapedSpaces(line);
  if (pattern === '' || pattern.startsWith('#')) return undefined;
  const negated = pattern.startsWith('!');
  if (negated) pattern = pattern.slice(1);
  const foldersOnly = pattern.endsWith('/');
  if (foldersOnly) pattern = pattern.slice(0, -1);
  const anchored = pattern.includes('/');
  if (pattern.startsWith('/')) pattern = pattern.slice(1);
  // A backslash with nothing after it is an invalid pattern, which git lets match nothing.
  if (pattern === '' || /(?:^|[^\\])(?:\\\\)*\\$/.test(pattern)) return undefined;
  return {
    negated,
    foldersOnly,
    matches: compileSegments(anchored ? pattern : `**/${pattern}`, { ignoreCase }),
  };
}

function trimUnescapedSpaces(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === ' ' && line[end - 2] !== '\\') end -= 1;
  return line.slice(0, end);
}
