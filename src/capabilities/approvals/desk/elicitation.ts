import { onOneLine, quoted, type Clock, type IdSource } from '../../../kernel/index.ts';
import { approvalErrors } from '../errors.ts';
import { personByElicitation, type Presence } from '../person.ts';
import type { Approvals } from './approvals.ts';

/** A question for the person at a client. */
export interface ElicitationQuestion {
  /** Stands for the question; good for one answer of the client that was asked. */
  token: string;
  /** What to know before deciding, a line each, and the whole text that is asked for, quoted. */
  message: string;
}

/**
 * Asks people through clients that are known to show a question to a person. An answer counts only for a question that
 * was asked here: of this client, about this revision with this text, a moment ago.
 */
export interface ElicitationDesk {
  /** How long a question stands, milliseconds. */
  readonly timeoutMs: number;
  /** Whether this client, by the name it gives of itself, is asked at all. */
  asks(client: string): boolean;
  /**
   * A question about a waiting request; `undefined` when the request does not wait, or its text is too long for a
   * dialog: nobody reads that far, and an answer to an unread text is none.
   * Errors: `approvals.unknown`.
   */
  questionAbout(client: string, number: number): Promise<ElicitationQuestion | undefined>;
  /**
   * Stores that the person agreed, and does what was approved. Resolves to one line for people.
   * Errors: `approvals.question_expired`, and those of `Approvals.decide`.
   */
  accept(client: string, token: string): Promise<string>;
}

/** Longest text that is shown in a dialog, characters. */
const longestShown = 12_000;
/** Questions that stand at once; an older one lapses. */
const mostStanding = 100;

interface Standing {
  client: string;
  request: { id: string; number: number };
  revision: number;
  textHash: string;
  /** Milliseconds, of the monotonic clock. */
  until: number;
}

/** Whom the desk asks, and how long a question stands. */
export interface ElicitationOptions {
  /** Names that clients give of themselves; compared exactly. */
  clients: readonly string[];
  /** How long a question stands, milliseconds. */
  timeoutMs: number;
  clock: Clock;
  ids: IdSource;
}

/** Opens the desk. Questions live in this process, as does the connection they are asked over. */
export function openElicitation(
  approvals: Approvals,
  presence: Pick<Presence, 'personName'>,
  { clients, timeoutMs, clock, ids }: ElicitationOptions,
): ElicitationDesk {
  const standing = new Map<string, Standing>();
  return {
    timeoutMs,
    asks: (client) => clients.includes(client),

    async questionAbout(client, given) {
      const request = await approvals.store.find(approvals.project, String(given));
      if (request.status !== 'waiting') return undefined;
      const { text, notes } = await approvals.kindOf(request).show(request);
      if (text.length > longestShown) return undefined;
      const { id, number, revision, textHash, from, title } = request;
      const token = `${ids.next()}.${crypto.randomUUID()}`;
      const until = clock.monotonicMs() + timeoutMs;
      standing.set(token, { client, request: { id, number }, revision, textHash, until });
      if (standing.size > mostStanding) standing.delete(standing.keys().next().value!);
      const what = `${approvals.labelOf(request.kind)}: ${title}`;
      const head = `${from} asks you to approve ${what} (request ${number}, revision ${revision}).`;
      return { token, message: [...[head, ...notes].map(onOneLine), '', quoted(text)].join('\n') };
    },

    async accept(client, token) {
      const asked = standing.get(token);
      if (asked?.client !== client) throw approvalErrors.make('approvals.question_expired', {});
      standing.delete(token);
      if (clock.monotonicMs() > asked.until) throw approvalErrors.make('approvals.question_expired', {});
      const person = personByElicitation(client, presence);
      const { request, revision, textHash } = asked;
      const decided = await approvals.decide(person, { request, revision, textHash, decision: 'approve' });
      return `Approved by ${person.name}. ${decided.message ?? ''}`.trim();
    },
  };
}
