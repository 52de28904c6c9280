import type { Database } from '../platform/database/index.ts';
import type { EventBus } from '../platform/events/index.ts';
import { sqlApprovalStore, type ApprovalStore } from '../capabilities/approvals/index.ts';
import type { ApprovalLookup } from '../capabilities/standards/index.ts';
import { approvalLookup } from './approval-lookup.ts';
import type { ProjectContext } from './project-context.ts';
import type { StateFolder } from './state-folder.ts';

/** Where the inbox of a project is stored. */
export interface InboxPlace {
  database: Database;
  bus: EventBus;
  state: StateFolder;
  /** The name by which its rows belong to the project. */
  project: string;
}

/**
 * The store of the inbox, and what was approved of the standards. Approvals stand in the project's own database, also while
 * that can only be read: then nothing is approved here (`files.not_writable`). On a server they can be written at any time.
 */
export async function openApprovalStore(
  context: ProjectContext,
  { database, bus, state, project }: InboxPlace,
): Promise<{ approvals: ApprovalStore; approved: ApprovalLookup }> {
  const approvals = sqlApprovalStore(database, bus);
  if (state.elsewhereFor === undefined || database.dialect === 'postgres')
    return { approvals, approved: approvalLookup(approvals, project) };
  const { readOnlyApprovals, withoutApproving } = await import('./read-only-approvals.ts');
  return {
    approvals: withoutApproving(approvals, state.elsewhereFor),
    approved: readOnlyApprovals(context),
  };
}
