import { openBenchStore } from './open-store.ts';
import { idlePool } from './idle-pool.ts';

/** A worker process for the pick-up benchmark: works on the store in the given folder until its input ends. */
const opened = await openBenchStore(process.argv[2]);
const pool = idlePool(opened);
process.stdout.write('ready\n');
process.stdin.resume().once('end', () => {
  void pool.stop().then(() => opened.close());
});
