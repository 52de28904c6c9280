import { reasonOf } from '../../../kernel/index.ts';
import { viewOf } from '../approval-view.ts';
import { rejectInput, rejectOutput } from '../contract/index.ts';
import { personAtTerminal } from '../person.ts';
import { inboxOperation } from './approval-deps.ts';

export const rejectRequest = inboxOperation({
  name: 'inbox.reject',
  summary: "Reject a request, for good. A person's act, in a terminal.",
  input: rejectInput,
  output: rejectOutput,
  doors: { cli: 'inbox reject' },
  policy: { effect: 'write', idempotent: false },
  errors: [
    'call.needs_person',
    'approvals.unknown',
    'approvals.ambiguous_id',
    'call.needs_reason',
    'call.hidden_in_reason',
    'call.secret_in_reason',
    'approvals.already_decided',
    'approvals.old_revision',
    'approvals.withdrawn',
  ],
  async handler({ number: given, because: reason, revision }, { deps, call }) {
    const { approvals, scanForSecrets, ...presence } = deps.inbox;
    const act = { act: 'rejecting', command: `troupe inbox reject ${given} --because "…"` };
    const person = personAtTerminal(call, presence, act);
    const request = await approvals.store.find(approvals.project, given);
    const { number, textHash } = request;
    const because = await reasonOf(reason, act, scanForSecrets);
    const answer = { request, revision: revision ?? request.revision, textHash, because } as const;
    const decided = await approvals.decide(person, { ...answer, decision: 'reject' });
    return {
      request: viewOf(approvals, decided.request),
      message: `Request ${number} (${decided.request.title}) is rejected. Nothing was written.`,
    };
  },
});
