import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { counted, isAppError, toAppError } from '../../kernel/index.ts';
import type { Database } from '../../platform/database/index.ts';
import type * as SetupDoor from '../../capabilities/setup/index.ts';
import type { Finding } from '../../capabilities/setup/index.ts';
import type { ProjectContext } from '../project-context.ts';
import { databaseFile, databaseName, nameIn, type StateFolder } from '../state-folder.ts';

type Setup = typeof SetupDoor;

/** Longest wait for another process's lock on the database, milliseconds. */
const lockWaitMs = 3_000;

/** The project, and where what Troupe keeps of it lies. Makes nothing. */
export async function checkState(
  setup: Setup,
  context: ProjectContext,
  { path, elsewhereFor }: StateFolder,
): Promise<Finding[]> {
  const { root } = context;
  const { assertUserState, stateElsewhere } = await import('../user-state.ts');
  if (elsewhereFor === undefined) {
    const isThere = existsSync(join(root, '.agent-os'));
    const found = setup.ok('project', isThere ? root : `${root} (no .agent-os yet: troupe init makes it)`);
    const left = await stateElsewhere(context);
    return left === undefined ? [found] : [found, setup.warning('project', left, '')];
  }
  try {
    await assertUserState(context, elsewhereFor);
  } catch (error) {
    return [setup.broken('project', toAppError(error))];
  }
  return [
    setup.warning(
      'project',
      `${root}: .agent-os cannot be written (${elsewhereFor}); what Troupe keeps of the project lies in ${path}`,
      'Where that is not meant, give this user the right to write .agent-os.',
    ),
  ];
}

/** The database as it lies there; in a project that cannot be written also the one with its approvals. Makes nothing. */
export async function checkDatabase(
  setup: Setup,
  context: ProjectContext,
  state: StateFolder,
): Promise<Finding[]> {
  const { migrations } = await import('../open-database.ts');
  const { url } = context.settings.values.database;
  let project: string;
  try {
    project = await projectThere(context, state);
  } catch (error) {
    return [setup.broken('database', toAppError(error))];
  }
  const found = await setup.checkDatabase({
    name: url === undefined ? nameIn(state, databaseFile) : 'The PostgreSQL database',
    open: () => openDatabaseThere(context, state),
    migrations,
    project,
    chains: [context.chain.fingerprint, ''],
    nowMs: context.clock.now(),
  });
  return [...found, ...(await checkReadOnly(setup, context, state))];
}

async function checkReadOnly(setup: Setup, context: ProjectContext, state: StateFolder): Promise<Finding[]> {
  const { root, settings } = context;
  const isAsked = state.elsewhereFor !== undefined && settings.values.database.url === undefined;
  if (!isAsked) return [];
  const { readOnlyApprovals } = await import('../read-only-approvals.ts');
  try {
    const approved = await readOnlyApprovals(context).hashesApproved(root);
    if (!existsSync(join(root, databaseName))) return [];
    return [
      setup.ok(
        'database',
        `${databaseName}: read only for its approvals, of ${counted(approved.size, 'standard')}`,
      ),
    ];
  } catch (error) {
    return [setup.broken('database', toAppError(error))];
  }
}

/** The key of the project's rows; where the database has none yet, or cannot be read, any other does. */
async function projectThere(context: ProjectContext, state: StateFolder): Promise<string> {
  const { findProjectKey } = await import('../open-database.ts');
  const database = await openDatabaseThere(context, state).catch(() => undefined);
  if (database === undefined) return context.root;
  try {
    return (await findProjectKey(database, context.root, state)) ?? context.root;
  } catch (error) {
    // What is wrong with the database itself, its check says.
    if (isAppError(error, 'database.project_id_unusable') || isAppError(error, 'files.outside_project'))
      throw error;
    return context.root;
  } finally {
    await database.close();
  }
}

/** The database as it is; `undefined` when there is none yet. */
export async function openDatabaseThere(
  { settings, clock }: ProjectContext,
  state: StateFolder,
): Promise<Database | undefined> {
  const { openPostgresDatabase, openSqliteDatabase, tablesOf } =
    await import('../../platform/database/index.ts');
  const { migrations } = await import('../open-database.ts');
  const { url, driverWaitMs } = settings.values.database;
  if (url !== undefined)
    return openPostgresDatabase({
      url,
      maxConnections: 1,
      connectTimeoutMs: lockWaitMs,
      clock,
      tables: tablesOf(migrations),
    });
  const path = join(state.path, databaseFile);
  if (!existsSync(path)) return undefined;
  return openSqliteDatabase({
    path,
    displayName: nameIn(state, databaseFile),
    clock,
    busyTimeoutMs: lockWaitMs,
    driverWaitMs,
  });
}
