import { viewOf } from '../approval-view.ts';
import { approveInput, approveOutput } from '../contract/index.ts';
import { approvalErrors } from '../errors.ts';
import { personAtTerminal } from '../person.ts';
import { inboxOperation } from './approval-deps.ts';

export const approveRequest = inboxOperation({
  name: 'inbox.approve',
  summary: "Approve a request, in exactly the text that was shown. A person's act, in a terminal.",
  input: approveInput,
  output: approveOutput,
  doors: { cli: 'inbox approve' },
  policy: { effect: 'write', idempotent: false },
  errors: [
    'call.needs_person',
    'approvals.unknown',
    'approvals.ambiguous_id',
    'approvals.not_shown',
    'approvals.already_decided',
    'approvals.old_revision',
    'approvals.text_differs',
    'approvals.withdrawn',
    'approvals.unknown_kind',
  ],
  async handler({ number: given, revision, text_hash: textHash }, { deps, call }) {
    const { approvals, ...presence } = deps.inbox;
    const act = { act: 'approving', command: `troupe inbox approve ${given}` };
    const person = personAtTerminal(call, presence, act);
    const request = await approvals.store.find(approvals.project, given);
    // Approved already, and still owed: this is how a person says "now". Whoever was shown it while it waited meant
    // to answer, and hears below that somebody else did.
    if (request.status === 'approved' && request.outcome !== 'done' && textHash === undefined) {
      const { by } = (await approvals.store.decisions(request.id)).at(-1)!;
      const finished = await approvals.finish(request);
      const message = `Approved before, by ${by}. ${finished.message ?? ''}`.trim();
      return { request: viewOf(approvals, finished.request), message };
    }
    const isOpen = request.status === 'waiting' || request.status === 'changes-asked';
    if (isOpen && textHash === undefined && !(await approvals.store.wasShown(request, person.name))) {
      const facts = { number: request.number, revision: request.revision };
      throw approvalErrors.make('approvals.not_shown', facts);
    }
    const decided = await approvals.decide(person, {
      request,
      revision: revision ?? request.revision,
      textHash: textHash ?? request.textHash,
      decision: 'approve',
    });
    return { request: viewOf(approvals, decided.request), message: decided.message ?? '' };
  },
});
