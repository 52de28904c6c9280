/** graphile-worker: one job added at a time, drained by one worker. */
export async function graphileRates(url: string, jobs: number): Promise<{ created: number; worked: number }> {
  const { makeWorkerUtils, runOnce, Logger } = await import('graphile-worker');
  const logger = new Logger(() => () => undefined);
  const utils = await makeWorkerUtils({ connectionString: url, logger });
  await utils.migrate();
  const created = await perSecond(jobs, () => utils.addJob('review', { task: 'review src' }));
  const startedAt = performance.now();
  await runOnce({ connectionString: url, logger, taskList: { review: () => undefined }, concurrency: 1 });
  const worked = (jobs / (performance.now() - startedAt)) * 1_000;
  await utils.release();
  return { created, worked };
}

/** pg-boss: one job sent at a time, fetched and completed one by one. */
export async function pgBossRates(url: string, jobs: number): Promise<{ created: number; worked: number }> {
  const { PgBoss } = await import('pg-boss');
  const boss = new PgBoss({ connectionString: url, supervise: false, schedule: false });
  await boss.start();
  await boss.createQueue('review');
  const created = await perSecond(jobs, () => boss.send('review', { task: 'review src' }));
  const worked = await perSecond(jobs, async () => {
    const [job] = await boss.fetch('review');
    if (job === undefined) throw new Error('the queue is empty');
    await boss.complete('review', job.id);
  });
  await boss.stop({ graceful: false });
  return { created, worked };
}

async function perSecond(times: number, action: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  for (let n = 0; n < times; n++) await action();
  return (times / (performance.now() - startedAt)) * 1_000;
}
