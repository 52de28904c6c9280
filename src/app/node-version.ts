/** Oldest Node that has everything troupe uses (`node:sqlite` without a flag, types stripped). */
const minMajor = 24;

/** Ends the process with a clear word on a Node that is too old; anything else would fail later and worse. */
export function assertNodeVersion(): void {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= minMajor) return;
  const message = `troupe needs Node ${minMajor} or newer; this is ${process.versions.node} (${process.execPath}).`;
  const remedy = 'Install a newer one and run again.';
  const details = { running: process.versions.node, needed: minMajor };
  const error = { code: 'node.too_old', category: 'unavailable', message, remedy, details, retryable: false };
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify({ error }, null, 2)}\n`);
  process.stderr.write(`node.too_old: ${message} ${remedy}\n`);
  process.exit(7);
}
