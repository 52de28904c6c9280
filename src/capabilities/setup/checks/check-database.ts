import { toAppError } from '../../../kernel/index.ts';
import {
  appliedMigrations,
  databaseErrors,
  type Database,
  type Migration,
} from '../../../platform/database/index.ts';
import { sqlJobFigures } from '../../jobs/index.ts';
import { broken, ok, warning, type Finding } from './check.ts';

const bytesPerMb = 1_048_576;

/** The database as the diagnosis needs to know it. */
export interface DatabaseUnderCheck {
  /** For people: `.agent-os/troupe.db`. */
  name: string;
  /** Opens it as it is; `undefined` when there is none yet. Never creates or migrates one. */
  open: () => Promise<Database | undefined>;
  /** The migrations that this version knows. */
  migrations: readonly Migration[];
  /** The project whose jobs are looked at. */
  project: string;
  /** Fingerprints of the model chains that this environment can serve. */
  chains: readonly string[];
  nowMs: number;
}

/** Whether the database opens, is whole, of this version and writable; and what is stuck in it. Changes nothing. */
export async function checkDatabase(under: DatabaseUnderCheck): Promise<Finding[]> {
  let database: Database | undefined;
  try {
    database = await under.open();
    if (database === undefined) return [ok('database', 'none yet; the first job makes it')];
    return await look(database, under);
  } catch (error) {
    return [broken('database', toAppError(error))];
  } finally {
    await database?.close();
  }
}

async function look(database: Database, under: DatabaseUnderCheck): Promise<Finding[]> {
  const applied = await appliedMigrations(database, under.migrations, under.name);
  const damage = await database.integrityProblems();
  if (damage.length > 0) {
    const reason = damage.slice(0, 3).join('; ');
    throw databaseErrors.make('database.corrupted', { database: under.name, reason });
  }
  // The write lock, taken and given back.
  await database.transaction(async () => undefined);
  const sizeMb = Math.round(((await database.sizeBytes()) / bytesPerMb) * 10) / 10;
  const healthy = ok('database', `${under.name}: ${sizeMb} MB, healthy`);
  // An older one is brought up to date by the next command that works with it.
  if (applied.size < under.migrations.length) return [healthy];
  return [healthy, ...(await stuckJobs(database, under))];
}

async function stuckJobs(
  database: Database,
  { project, chains, nowMs }: DatabaseUnderCheck,
): Promise<Finding[]> {
  const { expiredLeases, waiting } = await sqlJobFigures(database).queue(project, nowMs);
  const total = waiting.reduce((sum, { jobs }) => sum + jobs, 0);
  const others = waiting.filter(({ chain }) => !chains.includes(chain));
  return [
    ...(total === 0 && expiredLeases === 0 ? [ok('jobs', 'none waits, none is stuck')] : []),
    ...(expiredLeases === 0
      ? []
      : [
          warning(
            'jobs',
            expiredLeases === 1
              ? '1 running job lost its worker'
              : `${expiredLeases} running jobs lost their worker`,
            'The next worker takes them up: run troupe worker, or call a tool in your IDE.',
          ),
        ]),
    ...(total === 0 ? [] : [ok('jobs', `${total} waiting`)]),
    ...others.map(({ model, jobs }) =>
      warning(
        'jobs',
        `${jobs === 1 ? '1 waiting job needs' : `${jobs} waiting jobs need`} ${model}, which is not what this environment uses`,
        'Run troupe worker where its key is set, or cancel them: troupe jobs list --status pending',
      ),
    ),
  ];
}
