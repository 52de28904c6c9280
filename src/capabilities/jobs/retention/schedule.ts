/** The latest time at which the daily clean-up was due: `hour` o'clock local time today, or yesterday. */
export function lastDueAt(now: number, hour: number): number {
  const today = dueOn(now, 0, hour);
  return today <= now ? today : dueOn(now, -1, hour);
}

/** The next time it is due. */
export function nextDueAt(now: number, hour: number): number {
  const today = dueOn(now, 0, hour);
  return today > now ? today : dueOn(now, 1, hour);
}

/** Each day anew from the calendar: where the clocks change, a day is not 24 hours and an hour may be missing. */
function dueOn(now: number, days: number, hour: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days, hour).getTime();
}
