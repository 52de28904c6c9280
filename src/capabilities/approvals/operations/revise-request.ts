import { counted, reasonOf } from '../../../kernel/index.ts';
import { viewOf } from '../approval-view.ts';
import { reviseInput, reviseOutput } from '../contract/index.ts';
import { approvalErrors } from '../errors.ts';
import { personAtTerminal } from '../person.ts';
import { inboxOperation } from './approval-deps.ts';

export const reviseRequest = inboxOperation({
  name: 'inbox.revise',
  summary:
    "Ask for changes: whoever proposed makes a new revision, or your editor opens where nobody can. A person's act, in a terminal.",
  input: reviseInput,
  output: reviseOutput,
  doors: { cli: 'inbox revise' },
  policy: { effect: 'write', idempotent: false },
  errors: [
    'call.needs_person',
    'approvals.unknown',
    'approvals.ambiguous_id',
    'call.needs_reason',
    'call.hidden_in_reason',
    'call.secret_in_reason',
    'approvals.too_many_revisions',
    'approvals.already_decided',
    'approvals.old_revision',
    'approvals.withdrawn',
    'approvals.not_editable',
    'approvals.unknown_kind',
  ],
  async handler({ number: given, because: reason, revision }, { deps, call }) {
    const { approvals, scanForSecrets, maxRevisions, ...presence } = deps.inbox;
    const act = { act: 'asking for changes', command: `troupe inbox revise ${given} --because "…"` };
    const person = personAtTerminal(call, presence, act);
    const request = await approvals.store.find(approvals.project, given);
    const { number, textHash } = request;
    const because = await reasonOf(reason, act, scanForSecrets);
    const kind = approvals.kindOf(request);
    if (kind.edit === undefined)
      throw approvalErrors.make('approvals.not_editable', { number, kind: request.kind });
    const answer = { request, revision: revision ?? request.revision, textHash, because } as const;
    const decided = await approvals.decide(person, { ...answer, decision: 'ask-changes' });
    const mayRevise = request.revision < maxRevisions;
    const job = mayRevise ? await kind.revise?.({ request: decided.request, because }) : undefined;
    return {
      request: viewOf(approvals, decided.request),
      job_id: job?.jobId ?? null,
      message: nextStep(number, request.from, job?.jobId, mayRevise ? undefined : maxRevisions),
    };
  },
});

function nextStep(
  number: number,
  from: string,
  jobId: string | undefined,
  limitReached: number | undefined,
): string {
  if (jobId !== undefined)
    return `${from} is making a new revision (job ${jobId.slice(-4)}); it comes back to the inbox as ${number}.`;
  const why =
    limitReached === undefined
      ? `Nobody but you can make the new revision`
      : `${counted(limitReached, 'revision')} ${limitReached === 1 ? 'is' : 'are'} the limit (approvals.max_revisions)`;
  return `${why}: your editor opens. What you write is approved if you say yes, else it waits as the next revision; \`troupe inbox edit ${number}\` opens it again.`;
}
