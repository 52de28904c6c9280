/** Some file systems count time in two seconds (FAT), and the clock that they take it from may lag a little behind. */
const coarsestTickMs = 3_000;

/**
 * Whether any write from now on shows in the times of a file that last changed at `changedMs`, milliseconds since 1970. Before,
 * two writes within one tick of the file system look like one, and only reading tells.
 */
export function showsLaterWrites(changedMs: number): boolean {
  return Date.now() - changedMs >= coarsestTickMs;
}
