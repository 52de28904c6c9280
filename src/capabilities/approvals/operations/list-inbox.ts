import { viewOf } from '../approval-view.ts';
import { inboxOutput, listInboxInput } from '../contract/index.ts';
import { inboxOperation } from './approval-deps.ts';

export const listInbox = inboxOperation({
  name: 'inbox.list',
  summary: 'What waits for a person: requests of any kind, newest first.',
  input: listInboxInput,
  output: inboxOutput,
  doors: { cli: 'inbox' },
  policy: { effect: 'read', idempotent: true },
  errors: [],
  async handler({ all, limit, before }, { deps }) {
    const { approvals, clock } = deps.inbox;
    const { store, project } = approvals;
    const found = await store.list({ project, open: !all }, { limit: limit + 1, before });
    const page = found.slice(0, limit);
    return {
      requests: await Promise.all(
        page.map(async (request) => ({
          ...viewOf(approvals, request),
          age_seconds: Math.max(0, Math.round((clock.now() - request.createdAt) / 1000)),
          hints: [...(await approvals.hintsOf(request))],
        })),
      ),
      waiting_count: await store.count({ project, statuses: ['waiting', 'changes-asked'] }),
      next_before: found.length > limit ? page.at(-1)!.number : null,
    };
  },
});
