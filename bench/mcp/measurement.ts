/** One line of the benchmark's table. */
export interface Measurement {
  what: string;
  unit: string;
  ours: number;
  peer: number;
  /** What the peer is. */
  peerName: string;
  /** `ours / peer`, taken side by side in one run. */
  ratio: number;
  /** The ratio must not be above this; `null` for a figure shown for comparison only. */
  limit: number | null;
}

export function measurement(facts: Omit<Measurement, 'ratio'>): Measurement {
  return { ...facts, ratio: facts.ours / facts.peer };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}
