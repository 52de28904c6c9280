import type { ApprovalStore } from '../capabilities/approvals/index.ts';
import { retirementNote, standardKindName } from '../capabilities/proposals/index.ts';
import type { ApprovalLookup } from '../capabilities/standards/index.ts';

/** What people approved of a project's standards. `project` is the name by which its rows belong to it. */
export function approvalLookup(
  store: Pick<ApprovalStore, 'hashesApproved' | 'lastApprovals'>,
  project: string,
): ApprovalLookup {
  return {
    hashesApproved: (_root, subjectIds) => store.hashesApproved(project, standardKindName, subjectIds),
    async lastApprovals() {
      const last = [...(await store.lastApprovals(project, standardKindName))];
      return new Map(last.filter(([id, { outcomeMessage }]) => outcomeMessage !== retirementNote(id)));
    },
  };
}
