import { join } from 'node:path';
import { isAppError } from '../kernel/index.ts';
import type { Database, Sql } from '../platform/database/index.ts';
import { eventMigrations } from '../platform/events/index.ts';
import { resolveInside } from '../platform/files/index.ts';
import { approvalMigrations } from '../capabilities/approvals/index.ts';
import { jobMigrations } from '../capabilities/jobs/index.ts';
import { proposalMigrations } from '../capabilities/proposals/index.ts';
import { standardMigrations } from '../capabilities/standards/index.ts';
import type { ProjectContext } from './project-context.ts';
import { databaseFile, databaseName, nameIn, type StateFolder } from './state-folder.ts';

/** The order in which migrations were released; new ones go to the end. */
export const migrations = [
  ...eventMigrations,
  ...jobMigrations,
  ...approvalMigrations,
  ...proposalMigrations,
  ...standardMigrations,
];

/** Opens a project's database, with its tables as this version needs them. Errors: `database.*`, `files.*`. */
export async function openDatabase(
  { root, settings: { values }, clock }: ProjectContext,
  state: StateFolder,
): Promise<Database> {
  const { migrate, openPostgresDatabase, openSqliteDatabase, tablesOf } =
    await import('../platform/database/index.ts');
  const { url, busyTimeoutMs, driverWaitMs } = values.database;
  const displayName = nameIn(state, databaseFile);
  if (url === undefined && state.elsewhereFor === undefined) {
    // A link in somebody's project must not have us write elsewhere.
    await resolveInside(root, databaseName).catch((error: unknown) => {
      if (!isAppError(error, 'files.not_found')) throw error;
    });
  }
  const database =
    url === undefined
      ? await openSqliteDatabase({
          path: join(state.path, databaseFile),
          displayName,
          clock,
          busyTimeoutMs,
          driverWaitMs,
        })
      : await openPostgresDatabase({
          url,
          maxConnections: 10,
          connectTimeoutMs: busyTimeoutMs,
          clock,
          tables: tablesOf(migrations),
        });
  try {
    await migrate(database, migrations, url === undefined ? displayName : 'The PostgreSQL database');
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}

/**
 * The name by which rows belong to the project. On PostgreSQL, where projects share a database, an id of the checkout
 * (`project-id.ts`). The file of SQLite lies in the folder and goes with it: there it is the path the project had when its
 * first row was written, so that a folder that is moved, renamed or copied keeps its jobs and approvals.
 * Errors: those of `ensureProjectId` and of `Sql`.
 */
export async function projectKeyOf(
  database: Database,
  { root, ids }: Pick<ProjectContext, 'root' | 'ids'>,
  state: StateFolder,
  onNotice: (message: string) => void,
): Promise<string> {
  if (database.dialect === 'sqlite') return keyInFile(database, root);
  const { ensureProjectId } = await import('./project-id.ts');
  return ensureProjectId(root, state, {
    ids,
    onNotice,
    alone: (work) =>
      database.transaction(async (tx) => {
        await tx.run("SELECT pg_advisory_xact_lock(hashtext('troupe project id'))");
        return work();
      }),
  });
}

/** The same for who only looks: `undefined` where the database can hold nothing of the project yet. Writes nothing. */
export async function findProjectKey(
  database: Sql,
  root: string,
  state: StateFolder,
): Promise<string | undefined> {
  if (database.dialect === 'sqlite') return keyInFile(database, root);
  const { findProjectId } = await import('./project-id.ts');
  return findProjectId(root, state);
}

/** The key of a SQLite file. */
export async function keyInFile(database: Sql, root: string): Promise<string> {
  for (const table of ['approval_requests', 'jobs']) {
    const row = await database.get<{ project: string }>(`SELECT project FROM ${table} LIMIT 1`);
    if (row !== undefined) return row.project;
  }
  return root;
}
