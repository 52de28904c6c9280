import { toAppError, type Clock, type IdSource } from '../../../kernel/index.ts';
import { approvalErrors } from '../errors.ts';
import { assertSeen, type Person } from '../person.ts';
import type { ApprovalStore } from '../store/approval-store.ts';
import type { ApprovalRequest, NewApprovalRequest } from '../store/approval.ts';
import type { EventTransaction } from '../store/event-transaction.ts';
import type { DecisionKind } from '../transitions.ts';
import type { ApprovalKind, CheckedEdit } from './approval-kind.ts';
import type { Decided } from './decided.ts';
import { applyApproved } from './apply-approved.ts';

/** An answer as a person gives it. */
export interface Answer {
  request: Pick<ApprovalRequest, 'id' | 'number'>;
  /** The revision and text that the person saw; refused when either has changed. */
  revision: number;
  textHash: string;
  decision: DecisionKind;
  because?: string | undefined;
}

/** The inbox: requests of any kind, and people's answers to them. */
export interface Approvals {
  readonly store: ApprovalStore;
  readonly project: string;
  /** Makes this kind of request known; once for each kind, before its first request. */
  register(kind: ApprovalKind): void;
  /** How people call a kind. */
  labelOf(kind: string): string;
  /** What a list says of a request beside its state, in a few words each; nothing of a kind that is not known. */
  hintsOf(request: ApprovalRequest): Promise<readonly string[]>;
  /** Errors: `approvals.unknown_kind`. */
  kindOf(request: ApprovalRequest): ApprovalKind;
  /**
   * Asks a person, in the transaction of whoever asks.
   * Errors: `approvals.asked_already`, `approvals.too_many_waiting`.
   */
  request(
    tx: EventTransaction,
    request: Omit<NewApprovalRequest, 'id' | 'project' | 'createdAt'>,
  ): Promise<ApprovalRequest>;
  /**
   * Stores a person's answer, and does what was approved. When that fails the answer stands: the request is approved,
   * its outcome `failed` with the reason, and `finish` does it later.
   * Errors: `call.needs_person`, `approvals.already_decided`, `approvals.old_revision`, `approvals.text_differs`,
   * `approvals.withdrawn`, `approvals.unknown`, `approvals.unknown_kind`, and those of the kind's `assertFit`.
   */
  decide(person: Person, answer: Answer): Promise<Decided>;
  /**
   * Stores a text that a person wrote as the next revision, approved by that person, in one transaction, and does it.
   * Errors: as `decide`, `approvals.not_editable`, and those of the kind's checks.
   */
  decideEdited(person: Person, request: ApprovalRequest, text: string): Promise<Decided>;
  /** Stores a text that a person wrote as the next revision, which waits for an answer. Errors: as `decideEdited`. */
  storeEdited(person: Person, request: ApprovalRequest, text: string): Promise<ApprovalRequest>;
  /**
   * Runs the checks of `decideEdited` and stores nothing. Errors: `call.needs_person`, `approvals.not_editable`,
   * `approvals.unknown_kind`, and those of the kind's checks.
   */
  checkEdited(person: Person, request: ApprovalRequest, text: string): Promise<void>;
  /**
   * Records that a person approved a text that is in its place already, as one act: request, answer, outcome. `also` is
   * done last in the same transaction; when it fails, nothing is recorded.
   * Errors: `call.needs_person`, those of `also`.
   */
  recordDone(
    person: Person,
    request: Omit<NewApprovalRequest, 'id' | 'project' | 'createdAt' | 'from'>,
    message: string,
    also?: (tx: EventTransaction, done: ApprovalRequest) => Promise<void>,
  ): Promise<ApprovalRequest>;
  /** Does what an approved request is still owed. Errors: `approvals.unknown_kind`. */
  finish(request: ApprovalRequest): Promise<Decided>;
  /** The same for everything that a crash or a failure left; what fails again stays as it is. */
  finishAll(): Promise<Decided[]>;
}

/** What the inbox of a project needs. */
export interface ApprovalsOptions {
  store: ApprovalStore;
  clock: Clock;
  ids: IdSource;
  /** Real path of the project's root. */
  project: string;
  /** Requests that may wait in the project; 0 for no limit. */
  maxWaiting: number;
}

/** Opens the inbox of a project. */
export function openApprovals({ store, clock, ids, project, maxWaiting }: ApprovalsOptions): Approvals {
  const kinds = new Map<string, ApprovalKind>();

  function kindOf({ kind, number }: ApprovalRequest): ApprovalKind {
    const known = kinds.get(kind);
    if (known === undefined) throw approvalErrors.make('approvals.unknown_kind', { number, kind });
    return known;
  }

  const newRequest = (facts: Omit<NewApprovalRequest, 'id' | 'project' | 'createdAt'>) => ({
    ...facts,
    id: ids.next(),
    project,
    createdAt: clock.now(),
  });

  const newDecision = (person: Person, { request, revision, textHash, decision, because }: Answer) => ({
    id: ids.next(),
    requestId: request.id,
    revision,
    textHash,
    decision,
    by: person.name,
    channel: person.channel,
    because: because ?? null,
    at: clock.now(),
  });

  const seen = (person: Person, act: string, number: number) =>
    assertSeen(person, { act: 'answering', command: `troupe inbox ${act} ${number}` });

  async function finish(request: ApprovalRequest): Promise<Decided> {
    return applyApproved({ store, clock, kind: kindOf(request) }, request);
  }

  async function checkedEdit(person: Person, request: ApprovalRequest, text: string): Promise<CheckedEdit> {
    const { number } = request;
    seen(person, 'edit', number);
    const kind = kindOf(request);
    if (kind.edit === undefined)
      throw approvalErrors.make('approvals.not_editable', { number, kind: request.kind });
    return kind.edit(request, text, person.name);
  }

  async function addRevision(tx: EventTransaction, request: ApprovalRequest, edit: CheckedEdit) {
    const { subjectId, title, textHash } = edit;
    const facts = { requestId: request.id, follows: request.revision, subjectId, title, textHash };
    const revised = await store.revise(tx, { ...facts, move: 'edit', at: clock.now() });
    await edit.store(tx, revised);
    return revised;
  }

  return {
    store,
    project,
    register: (kind) => void kinds.set(kind.kind, kind),
    labelOf: (kind) => kinds.get(kind)?.label ?? kind,
    hintsOf: async (request) => (await kinds.get(request.kind)?.hints?.(request)) ?? [],
    kindOf,
    request: (tx, facts) => store.insert(tx, newRequest(facts), { maxWaiting }),

    async decide(person, answer) {
      seen(person, 'show', answer.request.number);
      // Nothing is approved that nobody here could do, or that would be refused if it were asked for now.
      const asked = answer.decision === 'approve' ? await store.get(answer.request.id) : undefined;
      if (asked !== undefined) await kindOf(asked).assertFit?.(asked, answer.revision);
      const decided = await store.commit(clock.now(), (tx) => store.decide(tx, newDecision(person, answer)));
      return answer.decision === 'approve' ? finish(decided) : { request: decided, message: undefined };
    },

    async decideEdited(person, request, text) {
      const edit = await checkedEdit(person, request, text);
      const decided = await store.commit(clock.now(), async (tx) => {
        const revised = await addRevision(tx, request, edit);
        const { revision, textHash } = revised;
        const answer = { request: revised, revision, textHash, decision: 'approve' } as const;
        return store.decide(tx, newDecision(person, answer));
      });
      return finish(decided);
    },

    async storeEdited(person, request, text) {
      const edit = await checkedEdit(person, request, text);
      return store.commit(clock.now(), (tx) => addRevision(tx, request, edit));
    },

    async checkEdited(person, request, text) {
      await checkedEdit(person, request, text);
    },

    async recordDone(person, facts, message, also) {
      assertSeen(person, { act: 'adopting', command: 'troupe standards adopt' });
      const at = clock.now();
      return store.commit(at, async (tx) => {
        const given = newRequest({ ...facts, from: person.name });
        const { revision, textHash, ...request } = await store.insert(tx, given);
        const answer = { request, revision, textHash, decision: 'approve' } as const;
        await store.decide(tx, newDecision(person, answer));
        const outcome = { requestId: request.id, outcome: 'done', message, at } as const;
        const done = (await store.recordOutcome(tx, outcome))!;
        await also?.(tx, done);
        return done;
      });
    },

    finish,

    async finishAll() {
      const finished: Decided[] = [];
      for (const request of await store.unfinished(project)) {
        const done = await finish(request).catch((error: unknown) => ({
          request,
          message: toAppError(error).line,
        }));
        finished.push(done);
      }
      return finished;
    },
  };
}
