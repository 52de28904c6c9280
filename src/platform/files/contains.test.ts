import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { contains } from './index.ts';

/** Names that look like a way out, and are none. */
const name = fc.constantFrom('a', 'b', '..a', '...', 'a..', '.a', 'a b', 'A');
const names = fc.array(name, { maxLength: 4 });

/** The same by the text of the paths. */
function beginsWith(folder: string, place: string, { sep }: path.PlatformPath): boolean {
  return place === folder || place.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

test('a folder contains itself and what lies below it, and nothing else, on every system', () => {
  for (const [paths, roots] of [
    [path.posix, ['/']],
    [path.win32, ['C:\\', 'D:\\', '\\\\server\\share\\']],
  ] as const) {
    const place = fc
      .tuple(fc.constantFrom(...roots), names)
      .map(([root, parts]) => paths.join(root, ...parts));
    const same = (text: string) => (paths === path.win32 ? text.toLowerCase() : text);
    fc.assert(
      fc.property(place, place, names, (folder, other, below) => {
        assert.ok(contains(folder, folder, paths));
        assert.ok(contains(folder, paths.join(folder, ...below), paths));
        assert.equal(contains(folder, other, paths), beginsWith(same(folder), same(other), paths));
      }),
    );
  }
});

test('another drive, a neighbour with the same beginning and the folder above are outside', () => {
  assert.ok(!contains('C:\\Users\\me', 'D:\\tools', path.win32));
  assert.ok(!contains('/home/me', '/home/me-too', path.posix));
  assert.ok(!contains('/home/me', '/home', path.posix));
  assert.ok(contains('/home/me', '/home/me/..config', path.posix));
});
