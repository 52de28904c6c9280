/** The latest time at which the daily clean-up was due: `hour` o'clock local time today, or yesterday. */
export function lastDueAt(now: number, hour: number): number {
  const due = new Date(now);
  due.setHours(hour, 0, 0, 0);
  if (due.getTime() > now) due.setDate(due.getDate() - 1);
  return due.getTime();
}

/** The next time it is due. */
export function nextDueAt(now: number, hour: number): number {
  const due = new Date(lastDueAt(now, hour));
  due.setDate(due.getDate() + 1);
  return due.getTime();
}
