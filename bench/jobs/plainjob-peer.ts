import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** plainjob on node:sqlite: its library expects better-sqlite3, whose few methods used here are the same. */
export async function plainjobRates(
  folder: string,
  jobs: number,
): Promise<{ created: number; worked: number }> {
  const { defineQueue } = await import('plainjob');
  const database = new DatabaseSync(join(folder, 'plainjob.db'));
  const connection = {
    driver: 'better-sqlite3',
    filename: 'plainjob.db',
    pragma: (text: string) => database.exec(`PRAGMA ${text}`),
    exec: (text: string) => database.exec(text),
    prepare: (text: string) => database.prepare(text),
    transaction: (work: (...words: unknown[]) => unknown) => {
      const immediate = (...words: unknown[]) => {
        database.exec('BEGIN IMMEDIATE');
        const value = work(...words);
        database.exec('COMMIT');
        return value;
      };
      return Object.assign(immediate, { immediate, deferred: immediate, exclusive: immediate });
    },
    close: () => database.close(),
  };
  const silent = { error() {}, warn() {}, info() {}, debug() {} };
  const queue = defineQueue({ connection, logger: silent });
  const created = perSecond(jobs, () => queue.add('review', { task: 'review src' }));
  const worked = perSecond(jobs, () => {
    const job = queue.getAndMarkJobAsProcessing('review');
    if (job === undefined) throw new Error('the queue is empty');
    queue.markJobAsDone(job.id);
  });
  queue.close();
  return { created, worked };
}

function perSecond(times: number, action: () => unknown): number {
  const startedAt = performance.now();
  for (let n = 0; n < times; n++) action();
  return (times / (performance.now() - startedAt)) * 1_000;
}
