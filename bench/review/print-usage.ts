import { isMainThread } from 'node:worker_threads';

/** Loaded with --import into a measured process: says at its end how much memory it took at most. */
if (isMainThread) {
  process.on('exit', () => {
    process.stderr.write(`max rss ${process.resourceUsage().maxRSS} KB\n`);
  });
}
