import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sqlApprovalStore } from '../capabilities/approvals/index.ts';
import {
  openStandardsLibrary,
  shippedStandardsFolders,
  standardErrors,
} from '../capabilities/standards/index.ts';
import type { StandardSource } from '../interfaces/mcp/index.ts';
import { createEventBus } from '../platform/events/index.ts';
import { approvalLookup } from './approval-lookup.ts';
import { databaseName, findProjectKey, openDatabase } from './open-database.ts';
import type { ProjectContext } from './project-context.ts';

/**
 * The project's approved standards for a client that only looks: the database is opened for the one look and closed again,
 * never made, and no work is taken up. Errors: `standards.unusable` for a folder that cannot be read, `database.*`, `files.*`.
 */
export function standardSource(context: ProjectContext, onError: (error: unknown) => void): StandardSource {
  const { root, settings } = context;
  return {
    async list() {
      const { database: where, standards: limits } = settings.values;
      const isThere = where.url !== undefined || (await exists(join(root, databaseName)));
      // Without a database nobody has approved anything.
      if (!isThere) return [];
      const database = await openDatabase(context);
      try {
        const project = await findProjectKey(database, root);
        if (project === undefined) return [];
        const approvals = sqlApprovalStore(database, createEventBus(onError));
        const library = openStandardsLibrary({
          root,
          universalFolder: shippedStandardsFolders().universal,
          approvals: approvalLookup(approvals, project),
          limits,
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
      } finally {
        await database.close();
      }
    },
  };
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
