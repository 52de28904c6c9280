import { onOneLine } from '../../../kernel/index.ts';
import { viewOf, viewOfDecision, viewOfRevision } from '../approval-view.ts';
import { showInput, showOutput } from '../contract/index.ts';
import { approvalErrors } from '../errors.ts';
import { inboxOperation } from './approval-deps.ts';

export const showRequest = inboxOperation({
  name: 'inbox.show',
  summary: 'Show a request: its exact text and what to know before deciding.',
  input: showInput,
  output: showOutput,
  doors: { cli: 'inbox show' },
  // It is noted that a person at the terminal has seen this revision.
  policy: { effect: 'write', idempotent: true },
  errors: [
    'approvals.unknown',
    'approvals.ambiguous_id',
    'approvals.unknown_kind',
    'approvals.unknown_revision',
  ],
  async handler({ number, revision: given }, { deps, call }) {
    const { approvals, clock, personIsPresent, personName } = deps.inbox;
    const { store, project } = approvals;
    const request = await store.find(project, number);
    const kind = approvals.kindOf(request);
    const revisions = await kind.revisions(request);
    const asked = revisions.find(({ revision }) => revision === (given ?? request.revision));
    if (asked === undefined) {
      const facts = { number: request.number, given: given ?? request.revision, newest: request.revision };
      throw approvalErrors.make('approvals.unknown_revision', facts);
    }
    const { revision, textHash } = asked;
    const { text, notes } = await kind.show(request, revision);
    const decisions = await store.decisions(request.id);
    const seen = { ...request, revision, textHash };
    const person = personIsPresent() ? personName() : undefined;
    // A command that looks for itself may not print it, or ask and hear no: only the command that shows leaves a note.
    const isShowing = call.door === 'cli';
    return {
      request: viewOf(approvals, request),
      revision,
      text,
      notes: notes.map(onOneLine),
      revisions: revisions.map((one) => viewOfRevision(one, decisions)),
      decisions: decisions.map(viewOfDecision),
      shown_before:
        person !== undefined &&
        (isShowing ? await store.markShown(seen, person, clock.now()) : await store.wasShown(seen, person)),
    };
  },
});
