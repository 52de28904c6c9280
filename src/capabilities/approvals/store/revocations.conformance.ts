import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { Database } from '../../../platform/database/index.ts';
import { createEventBus } from '../../../platform/events/index.ts';
import { hashOf, newDecision, testProject, waitingRequest } from '../testing.ts';
import type { ApprovalRequest } from './approval.ts';
import { sqlApprovalStore } from './sql-approval-store.ts';

const subjectId = 'architecture/errors';

/** How approvals are taken back, on every database. */
export function revocationsConformance(
  name: string,
  openDatabase: (t: TestContext) => Promise<Database>,
): void {
  async function open(t: TestContext) {
    const database = await openDatabase(t);
    const store = sqlApprovalStore(
      database,
      createEventBus((error) => assert.fail(String(error))),
    );
    const approve = async (word: string, subject = subjectId): Promise<ApprovalRequest> => {
      const request = await waitingRequest(store, { subjectId: subject, textHash: hashOf(word) });
      await store.commit(1, (tx) => store.decide(tx, newDecision(request)));
      return request;
    };
    const revoke = (except: ApprovalRequest | null) => {
      const whose = { project: testProject, kind: 'standard', subjectId, except: except?.id ?? null };
      return store.commit(2, (tx) =>
        store.revoke(tx, { ...whose, by: 'ann', channel: 'terminal', at: 5_000 }),
      );
    };
    const approved = async () => (await store.hashesApproved(testProject, 'standard')).get(subjectId);
    const revoked = () => store.revoked(testProject, 'standard', subjectId);
    return { database, store, approve, revoke, approved, revoked };
  }

  describe(`taking back approvals on ${name}`, () => {
    it('[A11] takes back every approval about a subject but one, and tells by whom and when', async (t) => {
      const { store, approve, revoke, approved, revoked } = await open(t);
      await approve('one');
      await approve('two');
      await approve('one', 'data/dates');
      const kept = await approve('retired');
      await revoke(kept);
      assert.deepEqual(await approved(), new Set([hashOf('retired')]));
      const taken = { by: 'ann', at: 5_000 };
      assert.deepEqual(Object.fromEntries(await revoked()), {
        [hashOf('one')]: taken,
        [hashOf('two')]: taken,
      });
      assert.equal((await store.hashesApproved(testProject, 'standard')).get('data/dates')?.size, 1);
    });

    it('[A11] a text is approved again by a new answer only; taking back twice is taking back once', async (t) => {
      const { approve, revoke, approved } = await open(t);
      await approve('one');
      await revoke(null);
      await revoke(null);
      assert.equal(await approved(), undefined);
      await approve('one');
      assert.deepEqual(await approved(), new Set([hashOf('one')]));
    });

    it('tells who approved what last, without what was taken back, turned down or could not be done', async (t) => {
      const { store, approve, revoke } = await open(t);
      const finish = ({ id: requestId }: ApprovalRequest, outcome: 'done' | 'failed', message: string) =>
        store.commit(3, (tx) => store.recordOutcome(tx, { requestId, outcome, message, at: 3 }));
      const last = () => store.lastApprovals(testProject, 'standard');
      await finish(await approve('one'), 'done', 'Written: one');
      await finish(await approve('two'), 'done', 'Written: two');
      await finish(await approve('three', 'data/dates'), 'failed', 'The disk is full');
      const known = await last();
      assert.deepEqual([...known.keys()], [subjectId]);
      assert.equal(known.get(subjectId)?.outcomeMessage, 'Written: two');
      await revoke(null);
      assert.equal((await last()).size, 0);
    });

    it('[A11] what was taken back stays so', async (t) => {
      const { database, approve, revoke } = await open(t);
      await approve('one');
      await revoke(null);
      for (const change of [
        "UPDATE approval_revocations SET revoked_by = 'x'",
        'DELETE FROM approval_revocations',
      ])
        await assert.rejects(database.run(change), /append-only/);
    });
  });
}
