/**
 * Kills workers in the middle of their work and checks that nothing is lost, ended twice, or paid for again:
 * `npm run chaos`, or `npm run chaos -- --jobs 200 --processes 4 --kills 8` with other figures.
 */
import { parseArgs } from 'node:util';
import { runChaos } from '../test/support/troupe/chaos.ts';

const { values } = parseArgs({
  options: {
    jobs: { type: 'string', default: '200' },
    processes: { type: 'string', default: '4' },
    kills: { type: 'string', default: '8' },
  },
});
const endings: (() => unknown)[] = [];
const after = ((end: () => unknown) => endings.push(end)) as (end: unknown) => void;
try {
  const { broken, takenBack, paidTurns, neededTurns, seconds } = await runChaos(
    { after },
    {
      jobs: Number(values.jobs),
      processes: Number(values.processes),
      kills: Number(values.kills),
      say: (line) => console.log(line),
    },
  );
  console.log(
    `${values.jobs} jobs, ${values.processes} workers, ${values.kills} kills, ${seconds} s: ` +
      `${takenBack} jobs taken back, ${paidTurns} turns paid of ${neededTurns} needed ` +
      `(${paidTurns - neededTurns} were answered but not yet stored when their worker was killed).`,
  );
  for (const line of broken) console.log(`BROKEN ${line}`);
  process.exitCode = broken.length > 0 ? 1 : 0;
} finally {
  for (const end of endings.reverse()) await end();
}
