import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sqlApprovalsMade } from '../capabilities/approvals/index.ts';
import {
  openStandardsLibrary,
  shippedStandardsFolders,
  standardErrors,
  type ApprovalLookup,
} from '../capabilities/standards/index.ts';
import type { StandardSource } from '../interfaces/mcp/index.ts';
import { approvalLookup } from './approval-lookup.ts';
import { findProjectKey, openDatabase } from './open-database.ts';
import { findStateFolder } from './open-state-folder.ts';
import type { ProjectContext } from './project-context.ts';
import { databaseFile } from './state-folder.ts';

/**
 * The project's approved standards for a client that only looks: the database is opened for the one look and closed again,
 * never made, and no work is taken up. Errors: `standards.unusable` for a folder that cannot be read, `database.*`, `files.*`.
 */
export function standardSource(context: ProjectContext): StandardSource {
  const { root, settings } = context;
  return {
    async list() {
      const isServer = settings.values.database.url !== undefined;
      const state = await findStateFolder(context);
      if (state.elsewhereFor !== undefined && !isServer) {
        const { readOnlyApprovals } = await import('./read-only-approvals.ts');
        return approvedOf(context, readOnlyApprovals(context));
      }
      // Without a database nobody has approved anything.
      if (!isServer && !(await exists(join(state.path, databaseFile)))) return [];
      const database = await openDatabase(context, state);
      try {
        const project = await findProjectKey(database, root, state);
        if (project === undefined) return [];
        return await approvedOf(context, approvalLookup(sqlApprovalsMade(database), project));
      } finally {
        await database.close();
      }
    },
  };
}

async function approvedOf({ root, settings }: ProjectContext, approvals: ApprovalLookup) {
  const library = openStandardsLibrary({
    root,
    universalFolder: shippedStandardsFolders().universal,
    approvals,
    limits: settings.values.standards,
  });
  const { entries, skipped } = await library.list();
  const unread = skipped.find(({ isFolder }) => isFolder);
  if (unread !== undefined) throw standardErrors.make('standards.unusable', unread);
  const own = entries.filter(({ layer, approval }) => layer !== 'universal' && approval === 'approved');
  const read = await Promise.all(
    own.map(async (entry) => ({ id: entry.id, ...(await library.read(entry)) })),
  );
  return read
    .filter(({ document, approval }) => approval === 'approved' && document.status === 'active')
    .map(({ id, document }) => ({ id, title: document.title, rule: document.lead }));
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
