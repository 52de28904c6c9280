import path from 'node:path';

/**
 * Whether `place` is the folder or lies below it. Both are absolute; names are compared, so callers that follow links pass
 * real paths. On Windows another drive is outside and letters are equal in either case.
 *
 * `paths` are the rules for paths, by default this system's: `path.win32` or `path.posix`.
 */
export function contains(
  folder: string,
  place: string,
  paths: Pick<path.PlatformPath, 'relative' | 'isAbsolute' | 'sep'> = path,
): boolean {
  const way = paths.relative(folder, place);
  return way !== '..' && !way.startsWith(`..${paths.sep}`) && !paths.isAbsolute(way);
}
