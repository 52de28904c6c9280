import { isAppError } from '../kernel/index.ts';
import { appliedMigrations, databaseErrors, readSqliteFile } from '../platform/database/index.ts';
import { filesErrors, resolveInside } from '../platform/files/index.ts';
import { approvalMigrations, sqlApprovalsMade, type ApprovalStore } from '../capabilities/approvals/index.ts';
import type { ApprovalLookup } from '../capabilities/standards/index.ts';
import { approvalLookup } from './approval-lookup.ts';
import { keyInFile, migrations } from './open-database.ts';
import type { ProjectContext } from './project-context.ts';
import { databaseName } from './state-folder.ts';

/**
 * What people approved of the standards of a project that cannot be written: what its own database says now, whoever works
 * with it elsewhere; nothing where it has none. Errors: `database.*`, `files.outside_project`.
 */
export function readOnlyApprovals(context: Pick<ProjectContext, 'root' | 'settings'>): ApprovalLookup {
  const { root, settings } = context;

  async function inDatabase<T>(
    read: (lookup: ApprovalLookup) => Promise<ReadonlyMap<string, T>>,
  ): Promise<ReadonlyMap<string, T>> {
    const none: ReadonlyMap<string, T> = new Map();
    const found = await resolveInside(root, databaseName).catch((error: unknown) => {
      if (isAppError(error, 'files.not_found')) return undefined;
      throw error;
    });
    if (found === undefined) return none;
    const { driverWaitMs } = settings.values.database;
    const options = { path: found.absolute, displayName: databaseName, driverWaitMs };
    return readSqliteFile(options, async (sql) => {
      const applied = await appliedMigrations(sql, migrations, databaseName);
      if (applied.size === 0) return none;
      if (approvalMigrations.some(({ id }) => !applied.has(id)))
        throw databaseErrors.make('database.unreadable', {
          database: databaseName,
          reason: 'an older version of troupe wrote it',
        });
      return read(approvalLookup(sqlApprovalsMade(sql), await keyInFile(sql, root)));
    });
  }

  return {
    hashesApproved: (project, subjectIds) =>
      inDatabase((lookup) => lookup.hashesApproved(project, subjectIds)),
    lastApprovals: (project) => inDatabase((lookup) => lookup.lastApprovals(project)),
  };
}

/**
 * The inbox of a project that cannot be written: it takes requests and answers, but approves nothing and takes no approval
 * back, since those stand in the project. `systemCode` says why. What is refused leaves everything as it was.
 */
export function withoutApproving(store: ApprovalStore, systemCode: string): ApprovalStore {
  const refuse = () =>
    Promise.reject(filesErrors.make('files.not_writable', { path: databaseName, systemCode }));
  return {
    ...store,
    decide: (tx, decision) => (decision.decision === 'approve' ? refuse() : store.decide(tx, decision)),
    revoke: refuse,
  };
}
