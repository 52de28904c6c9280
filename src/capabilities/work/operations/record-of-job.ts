import type { JobStore } from '../../jobs/index.ts';
import type { ProposedStandard } from '../contract/index.ts';
import { createFindingLedger, type FindingLedger } from '../findings/finding-ledger.ts';
import { historyOf } from '../loop/history.ts';

/** Steps read at once; a job has as many as its turns and tool calls. */
const stepsPerPage = 200;

/** What a job has found and proposed, by its steps: also of one that has not ended, or has failed. */
export async function recordOfJob(
  store: JobStore,
  jobId: string,
): Promise<{ ledger: FindingLedger; proposals: ProposedStandard[] }> {
  const steps = [];
  for (;;) {
    const page = await store.steps(jobId, { after: steps.length, limit: stepsPerPage });
    steps.push(...page);
    if (page.length < stepsPerPage) break;
  }
  const ledger = createFindingLedger();
  const proposals = new Map<string, ProposedStandard>();
  for (const { tools } of historyOf(steps).turns) {
    for (const { output } of tools) {
      if (output.evidence !== undefined) ledger.addEvidence(output.evidence);
      if (output.finding !== undefined) ledger.add(output.finding);
      if (output.proposal !== undefined) proposals.set(output.proposal.proposal_id, output.proposal);
    }
  }
  return { ledger, proposals: [...proposals.values()] };
}
