import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { NewEvent } from '../../../kernel/index.ts';
import type { Database } from '../../../platform/database/index.ts';
import { createEventBus, firstPosition, readEvents } from '../../../platform/events/index.ts';
import { approvalStatuses } from '../contract/index.ts';
import { hashOf, newDecision, newRequest, testProject, waitingRequest } from '../testing.ts';
import { approvalMoves, type ApprovalMove } from '../transitions.ts';
import { decide, fail, makeMove, requestIn, revise } from './approval-moves-fixture.ts';
import { sqlApprovalStore } from './sql-approval-store.ts';

/** What every store of requests must do, on every database. */
export function approvalStoreConformance(
  name: string,
  openDatabase: (t: TestContext) => Promise<Database>,
): void {
  async function open(t: TestContext) {
    const database = await openDatabase(t);
    const bus = createEventBus((error) => assert.fail(String(error)));
    const heard: NewEvent[] = [];
    bus.subscribe((event) => heard.push(event));
    return { store: sqlApprovalStore(database, bus), database, heard };
  }

  describe(`ApprovalStore on ${name}`, () => {
    it('[X6] keeps a request of any kind under a short number of its project, never used again', async (t) => {
      const { store } = await open(t);
      const budget = await waitingRequest(store, { kind: 'budget', subjectId: 'architect', title: 'more' });
      const elsewhere = await waitingRequest(store, { project: '/projects/other' });
      const numbers = await Promise.all(
        Array.from(
          { length: 12 },
          async (_, n) => (await waitingRequest(store, { subjectId: `a/t${n}` })).number,
        ),
      );
      assert.deepEqual([budget.number, elsewhere.number], [1, 1]);
      assert.deepEqual(
        numbers.toSorted((a, b) => a - b),
        Array.from({ length: 12 }, (_, n) => n + 2),
      );
      assert.partialDeepStrictEqual(await store.get(budget.id), {
        kind: 'budget',
        title: 'more',
        status: 'waiting',
        revision: 1,
        outcome: null,
      });
    });

    it('finds a request by number, id or ending, in its own project only', async (t) => {
      const { store } = await open(t);
      const request = await waitingRequest(store);
      await waitingRequest(store, { project: '/projects/other' });
      for (const given of ['1', '#1', ' 1 ', request.id, request.id.slice(-12)])
        assert.equal((await store.find(testProject, given)).id, request.id, given);
      for (const given of ['2', '0', '-1', '1.5', 'x', '%', "1' OR '1'='1", '999999999999'])
        await assert.rejects(store.find(testProject, given), { code: 'approvals.unknown' }, given);
      await assert.rejects(store.find(testProject, '7'), {
        message: 'There is no request 7 in the inbox.',
        remedy: 'Waiting: 1 (`troupe inbox`).',
      });
    });

    it('[A11] makes every move of the table, refuses every other, and leaves a refused request as it was', async (t) => {
      const { store } = await open(t);
      for (const status of [...approvalStatuses, 'approved-failed'] as const) {
        for (const move of Object.keys(approvalMoves) as ApprovalMove[]) {
          const request = await requestIn(store, status);
          const isStanding = status === 'approved';
          const from: readonly string[] = approvalMoves[move].from;
          const isLegal = !isStanding && from.includes(status === 'approved-failed' ? 'approved' : status);
          const moved = await makeMove(store, move, request).then(
            () => true,
            (error: unknown) => (error as { code: string }).code,
          );
          const refusal = status === 'withdrawn' ? 'approvals.withdrawn' : 'approvals.already_decided';
          assert.equal(moved, isLegal ? true : refusal, `${move} from ${status}`);
          const after = (await store.get(request.id))!;
          if (isLegal) assert.equal(after.status, approvalMoves[move].to);
          else assert.deepEqual(after, request);
        }
      }
    });

    it('[A11] stores one of many answers at once, and tells the others who was first', async (t) => {
      const { store } = await open(t);
      for (let round = 0; round < 15; round++) {
        const request = await waitingRequest(store, { subjectId: `a/r${round}` });
        const answers = await Promise.allSettled(
          Array.from({ length: 6 }, (_, n) => {
            const decision = newDecision(request, {
              by: `person-${n}`,
              decision: n % 2 === 0 ? 'approve' : 'reject',
            });
            return store.commit(decision.at, (tx) => store.decide(tx, decision));
          }),
        );
        assert.equal(answers.filter(({ status }) => status === 'fulfilled').length, 1);
        const [stored, ...more] = await store.decisions(request.id);
        assert.deepEqual(more, []);
        for (const answer of answers) {
          if (answer.status === 'fulfilled') continue;
          const { code, details } = answer.reason as { code: string; details: Record<string, unknown> };
          assert.equal(code, 'approvals.already_decided');
          assert.equal(details['by'], stored!.by);
          assert.match(String(details['at']), /^\d{4}-\d\d-\d\d \d\d:\d\d UTC$/);
        }
      }
    });

    it('[A11] refuses an answer to an old revision or to another text', async (t) => {
      const { store } = await open(t);
      const first = await waitingRequest(store);
      const second = await revise(store, first, 'two');
      await assert.rejects(decide(store, first), {
        code: 'approvals.old_revision',
        details: { number: 1, given: 1, current: 2 },
      });
      await assert.rejects(decide(store, { ...second, textHash: hashOf('three') }), {
        code: 'approvals.text_differs',
      });
      await assert.rejects(revise(store, first, 'three'), { code: 'approvals.old_revision' });
      assert.equal((await decide(store, second)).status, 'approved');
      await assert.rejects(decide(store, second), { code: 'approvals.already_decided' });
      await assert.rejects(decide(store, { ...second, id: newRequest().id }), { code: 'approvals.unknown' });
    });

    it('keeps who, how, when, why and exactly what was decided, for good', async (t) => {
      const { store, database } = await open(t);
      const request = await waitingRequest(store);
      const because = 'name the "status" first; don\'t';
      await decide(store, request, { decision: 'ask-changes', because, at: 5_000 });
      const second = await revise(store, request, 'two');
      await decide(store, second, { by: 'ann', channel: 'elicitation:some client', at: 6_000 });
      const decisions = await store.decisions(request.id);
      assert.partialDeepStrictEqual(decisions, [
        {
          decision: 'ask-changes',
          revision: 1,
          textHash: hashOf('one'),
          by: 'josh',
          channel: 'terminal',
          because,
          at: 5_000,
        },
        {
          decision: 'approve',
          revision: 2,
          textHash: hashOf('two'),
          by: 'ann',
          channel: 'elicitation:some client',
          because: null,
          at: 6_000,
        },
      ]);
      await assert.rejects(database.run("UPDATE approval_decisions SET decided_by = 'eve'"), /append-only/);
      await assert.rejects(database.run('DELETE FROM approval_decisions'), /append-only/);
      assert.deepEqual(await store.decisions(request.id), decisions);
    });

    it('stores nothing when the transaction it belongs to fails, and tells nobody', async (t) => {
      const { store, database, heard } = await open(t);
      const failing = store.commit(1, async (tx) => {
        await store.insert(tx, newRequest());
        throw new Error('the other half failed');
      });
      await assert.rejects(failing, /the other half failed/);
      assert.equal(await store.count({ project: testProject }), 0);
      assert.deepEqual([heard, await readEvents(database, { after: firstPosition, limit: 10 })], [[], []]);
    });

    it('stores an event with every change', async (t) => {
      const { store, database, heard } = await open(t);
      const request = await waitingRequest(store);
      await decide(store, request, { decision: 'ask-changes' });
      await decide(store, await revise(store, request, 'two'));
      await fail(store, request);
      await store.commit(9, (tx) => store.tryAgain(tx, request.id, 9));
      await store.commit(9, (tx) =>
        store.recordOutcome(tx, { requestId: request.id, outcome: 'done', message: 'Written', at: 9 }),
      );
      const names = ['requested', 'returned', 'revised', 'approved', 'failed', 'applied'];
      const stored = await readEvents(database, { after: firstPosition, limit: 20 });
      assert.deepEqual(
        stored.map((event) => event.name),
        names.map((event) => `approvals.${event}`),
      );
      assert.deepEqual(
        heard.map((event) => event.name),
        stored.map((event) => event.name),
      );
      assert.partialDeepStrictEqual(stored.at(-1), {
        entityId: request.id,
        payload: { number: 1, outcome: 'done', revision: 2 },
      });
    });

    it('never turns done into failed, and lists what is owed until it is done', async (t) => {
      const { store } = await open(t);
      const request = await waitingRequest(store);
      await decide(store, request);
      assert.deepEqual(
        (await store.unfinished(testProject)).map(({ outcome }) => outcome),
        ['pending'],
      );
      await fail(store, request);
      assert.deepEqual(
        (await store.unfinished(testProject)).map(({ outcome }) => outcome),
        ['failed'],
      );
      const done = { requestId: request.id, outcome: 'done', message: 'Written', at: 2 } as const;
      assert.equal((await store.commit(2, (tx) => store.recordOutcome(tx, done)))?.outcome, 'done');
      assert.equal(await fail(store, request), undefined);
      assert.equal(await store.commit(3, (tx) => store.tryAgain(tx, request.id, 3)), undefined);
      assert.deepEqual(await store.unfinished(testProject), []);
    });

    it('says which texts a person approved, by subject; rejected and revised ones are none', async (t) => {
      const { store } = await open(t);
      const errors = await waitingRequest(store);
      await decide(store, errors);
      const other = await waitingRequest(store, { subjectId: 'data/dates', textHash: hashOf('dates') });
      await decide(store, other, { decision: 'reject' });
      const failed = await waitingRequest(store, { subjectId: 'data/ids', textHash: hashOf('ids') });
      await decide(store, failed);
      await fail(store, failed);
      await decide(store, failed, { decision: 'reject' });
      await decide(store, await waitingRequest(store, { kind: 'budget', subjectId: 'data/money' }));
      const all = await store.hashesApproved(testProject, 'standard');
      assert.deepEqual([...all], [['architecture/errors', new Set([hashOf('one')])]]);
      assert.equal((await store.hashesApproved(testProject, 'standard', ['data/dates'])).size, 0);
      assert.equal((await store.hashesApproved(testProject, 'standard', [])).size, 0);
      assert.equal((await store.hashesApproved('/projects/other', 'standard')).size, 0);
      assert.deepEqual(
        [...(await store.hashesApproved(testProject, 'standard', ['architecture/errors', 'x/y'])).keys()],
        ['architecture/errors'],
      );
    });

    it('admits one open request for each subject, and no more than the limit', async (t) => {
      const { store } = await open(t);
      const admitted = (subjectId: string, maxWaiting: number) =>
        store.commit(1, (tx) => store.insert(tx, newRequest({ subjectId }), { maxWaiting }));
      const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => admitted('a/b', 0)));
      assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
      await assert.rejects(admitted('a/b', 0), { code: 'approvals.asked_already' });
      await admitted('a/c', 2);
      await assert.rejects(admitted('a/d', 2), {
        code: 'approvals.too_many_waiting',
        details: { waiting: 2, limit: 2 },
      });
      await decide(store, (await store.openAbout(testProject, 'standard', 'a/b'))!, { decision: 'reject' });
      assert.equal((await admitted('a/b', 2)).status, 'waiting');
    });

    it('lists by page, newest first, what is open or all', async (t) => {
      const { store } = await open(t);
      for (let n = 1; n <= 5; n++) await waitingRequest(store, { subjectId: `a/t${n}` });
      await decide(store, await store.find(testProject, '2'), { decision: 'reject' });
      const numbers = async (open: boolean, page: { limit: number; before?: number }) =>
        (await store.list({ project: testProject, open }, page)).map(({ number }) => number);
      assert.deepEqual(await numbers(false, { limit: 3 }), [5, 4, 3]);
      assert.deepEqual(await numbers(false, { limit: 3, before: 3 }), [2, 1]);
      assert.deepEqual(await numbers(true, { limit: 9 }), [5, 4, 3, 1]);
      assert.equal(await store.count({ project: testProject, statuses: ['waiting'] }), 4);
    });

    it('remembers which revision a person was shown', async (t) => {
      const { store } = await open(t);
      const request = await waitingRequest(store);
      assert.equal(await store.wasShown(request, 'josh'), false);
      assert.deepEqual(
        [await store.markShown(request, 'josh', 1), await store.markShown(request, 'josh', 2)],
        [false, true],
      );
      assert.deepEqual(
        [await store.wasShown(request, 'josh'), await store.wasShown(request, 'ann')],
        [true, false],
      );
      assert.equal(await store.wasShown(await revise(store, request, 'two'), 'josh'), false);
    });
  });
}
