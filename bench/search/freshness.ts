import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { systemClock } from '../../src/kernel/index.ts';
import { percentile, type Bench } from '../row.ts';
import { makeBenchLibrary, writeManyStandards } from './bench-library.ts';

/** From the save of a file to a search that finds it, in the process that keeps the index and in one that does not. */
export const searchFreshness: Bench = async ({ short }) => {
  const library = await makeBenchLibrary({ shipped: true });
  try {
    await writeManyStandards(library.standards, 100);
    const keeper = await library.open();
    await keeper.keep();
    const other = await library.open();
    await other.keep();
    const within: number[] = [];
    const across: number[] = [];
    for (let n = 0; n < (short ? 5 : 50); n += 1) {
      const word = `fresh${n}word`;
      const savedAt = performance.now();
      await writeFile(
        path.join(library.standards, 'domain-1', 'fresh.md'),
        `# Fresh ${word}\n\nThe rule on ${word}.\n`,
      );
      for (const [index, times] of [
        [keeper, within],
        [other, across],
      ] as const) {
        while ((await index.search(word, { limit: 1 })).results[0]?.id !== 'domain-1/fresh')
          await systemClock.sleep(2);
        times.push(performance.now() - savedAt);
      }
    }
    await keeper.close();
    await other.close();
    const row = (where: string, times: number[]) => ({
      what: `file saved → found by search, ${where}, p95`,
      ours: percentile(times, 0.95),
      peer: undefined,
      peerName: '',
      unit: 'ms',
      limit: { atMost: 1_000 },
    });
    return [row('in the keeper', within), row('beside it', across)];
  } finally {
    await library.remove();
  }
};

/** From nothing to the first answer by words over 500 new files. */
export const firstIndex: Bench = async ({ short }) => {
  const files = short ? 50 : 500;
  const library = await makeBenchLibrary({ shipped: true });
  try {
    await writeManyStandards(library.standards, files);
    const startedAt = performance.now();
    const index = await library.open();
    await index.search('how do I report errors from an endpoint', { limit: 5 });
    const first = performance.now() - startedAt;
    await index.close();
    const again = await library.open();
    const reopenedAt = performance.now();
    await again.search('how do I report errors from an endpoint', { limit: 5 });
    const reopened = performance.now() - reopenedAt;
    await again.close();
    const row = (what: string, ours: number, limit: { atMost: number } | undefined) =>
      ({ what, ours, peer: undefined, peerName: '', unit: 'ms', limit }) as const;
    return [
      row(`first index of ${files} files, until the first answer by words`, first, { atMost: 2_000 }),
      row(`first answer of a new process over ${files} indexed files`, reopened, undefined),
    ];
  } finally {
    await library.remove();
  }
};
