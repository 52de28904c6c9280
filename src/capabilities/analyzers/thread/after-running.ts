/** A limit is counted in this many steps. */
const steps = 10;

/**
 * Calls once `limitMs` milliseconds have passed in which this process ran. While it stands still, because it was suspended
 * or something keeps it busy, it hears of nothing that was done in time: that costs one step of the limit, however long it
 * lasts. Returns what ends the wait.
 */
export function afterRunning(limitMs: number, call: () => void): () => void {
  let left = steps;
  const timer = setInterval(() => {
    left -= 1;
    if (left > 0) return;
    clearInterval(timer);
    call();
  }, limitMs / steps);
  return () => clearInterval(timer);
}
