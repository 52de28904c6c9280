import { viewOf, viewOfDecision } from '../approval-view.ts';
import { showInput, showOutput } from '../contract/index.ts';
import { inboxOperation } from './approval-deps.ts';

export const showRequest = inboxOperation({
  name: 'inbox.show',
  summary: 'Show a request: its exact text and what to know before deciding.',
  input: showInput,
  output: showOutput,
  doors: { cli: 'inbox show' },
  // It is noted that a person at the terminal has seen this revision.
  policy: { effect: 'write', idempotent: true },
  errors: ['approvals.unknown', 'approvals.ambiguous_id', 'approvals.unknown_kind'],
  async handler({ number }, { deps, call }) {
    const { approvals, clock, personIsPresent, personName } = deps.inbox;
    const { store, project } = approvals;
    const request = await store.find(project, number);
    const shown = await approvals.kindOf(request).show(request);
    const person = personIsPresent() ? personName() : undefined;
    // A command that looks for itself may not print it, or ask and hear no: only the command that shows leaves a note.
    const isShowing = call.door === 'cli';
    return {
      request: viewOf(approvals, request),
      text: shown.text,
      notes: [...shown.notes],
      decisions: (await store.decisions(request.id)).map(viewOfDecision),
      shown_before:
        person !== undefined &&
        (isShowing
          ? await store.markShown(request, person, clock.now())
          : await store.wasShown(request, person)),
    };
  },
});
