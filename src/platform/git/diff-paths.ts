import { posix } from 'node:path';

const hunkHeader = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/;

/**
 * A diff whose paths are relative to a folder, as `git diff --relative` and `diff -u` print them there, with paths relative
 * to the root. Lines of the files stay as they are. `folder` is relative to the root, with forward slashes.
 */
export function diffBelow(diff: string, folder: string): string {
  let oldLeft = 0;
  let newLeft = 0;
  const lines = diff.split('\n').map((line) => {
    if ((oldLeft > 0 || newLeft > 0) && /^(?:[ +\\-]|\r?$)/.test(line)) {
      if (!/^[-\\]/.test(line)) newLeft -= 1;
      if (!/^[+\\]/.test(line)) oldLeft -= 1;
      return line;
    }
    const [header, oldCount = '1', newCount = '1'] = hunkHeader.exec(line) ?? [];
    [oldLeft, newLeft] = header === undefined ? [0, 0] : [Number(oldCount), Number(newCount)];
    return header === undefined ? headerBelow(line, folder) : line;
  });
  return lines.join('\n');
}

function headerBelow(line: string, folder: string): string {
  const below = (path: string) => pathBelow(path, folder);
  const [, start, path] = /^(--- |\+\+\+ |(?:rename|copy) (?:from|to) )(\S.*)$/s.exec(line) ?? [];
  if (start !== undefined) return start + below(path!);
  const [, first, second, end] = /^Binary files (.*) and (.*)( differ\r?)$/.exec(line) ?? [];
  if (first !== undefined) return `Binary files ${below(first)} and ${below(second!)}${end!}`;
  const [, names, lineEnd] = /^diff --git (.*?)(\r?)$/.exec(line) ?? [];
  if (names === undefined) return line;
  // Both names are the same here but for `a/` and `b/`; those of a rename stand in lines of their own.
  const middle = (names.length - 1) / 2;
  return `diff --git ${below(names.slice(0, middle))} ${below(names.slice(middle + 1))}${lineEnd!}`;
}

/** `a/auth.ts`, quoted or not, as `a/src/auth.ts`. */
function pathBelow(path: string, folder: string): string {
  const [, quote = '', prefix = '', name = ''] = /^("?)([ab]\/)?(.*)$/s.exec(path) ?? [];
  if (path.startsWith('/dev/null') || name === '') return path;
  const escaped = quote === '' ? folder : folder.replace(/["\\]/g, '\\$&');
  return quote + prefix + posix.join(escaped, name);
}
