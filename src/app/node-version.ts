/** Oldest Node that has everything troupe uses (`node:sqlite` without a flag, types stripped). */
const minMajor = 24;

/** Ends the process with a clear word on a Node that is too old; anything else would fail later and worse. */
export function assertNodeVersion(): void {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= minMajor) return;
  process.stderr.write(
    `node.too_old: troupe needs Node ${minMajor} or newer; this is ${process.versions.node} (${process.execPath}). Install a newer one and run again.\n`,
  );
  process.exit(7);
}
