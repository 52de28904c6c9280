import type { Clock } from '../../../kernel/index.ts';
import { personByElicitation, type Presence } from '../person.ts';
import type { Approvals } from './approvals.ts';

/** What a person is asked through a client, bound to one revision with one text. */
export interface ElicitationQuestion {
  requestId: string;
  number: number;
  revision: number;
  textHash: string;
  /** The whole text that is asked for, and what to know before deciding. */
  message: string;
}

/** Asks people through clients that are known to show the question to a person. */
export interface ElicitationDesk {
  /** Whether this client, by its own name, is asked at all. */
  asks(client: string): boolean;
  /**
   * The question about a waiting request; `undefined` when it does not wait, or its text is too long for a dialog: nobody
   * reads that far, and an answer to an unread text is none.
   */
  questionAbout(requestId: string): Promise<ElicitationQuestion | undefined>;
  /**
   * Stores that the person whom the client asked agreed. Errors: those of `Approvals.decide`.
   */
  accept(client: string, question: Omit<ElicitationQuestion, 'message'>): Promise<{ message: string }>;
}

/** Longest text that is shown in a dialog, characters. */
const longestShown = 12_000;

/** `clients` are the names that clients give of themselves; compared exactly. */
export function openElicitation(
  approvals: Approvals,
  presence: Pick<Presence, 'personName'>,
  { clients, clock }: { clients: readonly string[]; clock: Clock },
): ElicitationDesk {
  return {
    asks: (client) => clients.includes(client),

    async questionAbout(requestId) {
      const request = await approvals.store.get(requestId);
      if (request?.status !== 'waiting') return undefined;
      const { text, notes } = await approvals.kindOf(request).show(request);
      if (text.length > longestShown) return undefined;
      const { number, revision, textHash } = request;
      const head = `${request.from} asks you to approve ${approvals.labelOf(request.kind)}: ${request.title} (request ${number}, revision ${revision}).`;
      return { requestId, number, revision, textHash, message: [head, ...notes, '', text].join('\n') };
    },

    async accept(client, { requestId, number, revision, textHash }) {
      const person = personByElicitation(client, presence);
      const request = { id: requestId, number };
      const decided = await approvals.decide(person, { request, revision, textHash, decision: 'approve' });
      await approvals.store.markShown(decided.request, person.name, clock.now());
      return { message: decided.message ?? '' };
    },
  };
}
