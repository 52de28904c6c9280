/** One figure of the benchmark. */
export interface BenchRow {
  what: string;
  /** Ours, in `unit`. */
  ours: number;
  /** What it is compared with: a bare baseline or a peer, measured in the same run; undefined for a plain figure. */
  peer: number | undefined;
  peerName: string;
  unit: string;
  /** The limit on `ours / peer`, or on `ours` where there is no peer. Undefined for rows shown for comparison only. */
  limit: { atLeast: number } | { atMost: number } | undefined;
  note?: string;
}

export interface BenchOptions {
  /** A tenth of the work, to see that everything runs; its figures mean little. */
  short: boolean;
}

export type Bench = (options: BenchOptions) => Promise<BenchRow[]>;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!;
}

/** Runs two measurements in turns, so that what the machine does meanwhile hits both; resolves to both medians. */
export async function inTurns(
  rounds: number,
  ours: () => Promise<number>,
  peer: () => Promise<number>,
): Promise<{ ours: number; peer: number }> {
  const figures = { ours: [] as number[], peer: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    const first = round % 2 === 0 ? 'ours' : 'peer';
    for (const turn of [first, first === 'ours' ? 'peer' : 'ours'] as const) {
      figures[turn].push(await (turn === 'ours' ? ours() : peer()));
    }
  }
  return { ours: median(figures.ours), peer: median(figures.peer) };
}
