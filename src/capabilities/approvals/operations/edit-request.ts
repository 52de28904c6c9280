import { viewOf } from '../approval-view.ts';
import { approveOutput, editInput } from '../contract/index.ts';
import { approvalErrors } from '../errors.ts';
import { personAtTerminal } from '../person.ts';
import { inboxOperation } from './approval-deps.ts';

export const editRequest = inboxOperation({
  name: 'inbox.edit',
  summary: "Change a request's text in your editor and approve it as changed. A person's act, in a terminal.",
  input: editInput,
  output: approveOutput,
  doors: { cli: 'inbox edit' },
  policy: { effect: 'write', idempotent: false },
  errors: [
    'call.needs_person',
    'approvals.unknown',
    'approvals.ambiguous_id',
    'approvals.no_text',
    'approvals.already_decided',
    'approvals.old_revision',
    'approvals.withdrawn',
    'approvals.not_editable',
    'approvals.unknown_kind',
  ],
  async handler({ number: given, text, act: then = 'approve', revision }, { deps, call }) {
    const { approvals, ...presence } = deps.inbox;
    const act = { act: 'editing and approving', command: `troupe inbox edit ${given}` };
    const person = personAtTerminal(call, presence, act);
    const request = await approvals.store.find(approvals.project, given);
    if (text === undefined) throw approvalErrors.make('approvals.no_text', { number: request.number });
    const edited = { ...request, revision: revision ?? request.revision };
    if (then === 'check') {
      await approvals.checkEdited(person, edited, text);
      return { request: viewOf(approvals, request), message: 'The text can be approved; nothing is stored.' };
    }
    if (then === 'store') {
      const stored = await approvals.storeEdited(person, edited, text);
      const message = `Revision ${stored.revision} is stored and waits: \`troupe inbox approve ${stored.number}\`.`;
      return { request: viewOf(approvals, stored), message };
    }
    const decided = await approvals.decideEdited(person, edited, text);
    return { request: viewOf(approvals, decided.request), message: decided.message ?? '' };
  },
});
