import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { systemIds } from '../../../kernel/index.ts';
import type { Database } from '../../../platform/database/index.ts';
import { createEventBus } from '../../../platform/events/index.ts';
import { sqlApprovalStore } from '../../approvals/index.ts';
import type { Proposal, ProposalRevision } from './proposal.ts';
import { sqlProposalStore } from './sql-proposal-store.ts';

const project = '/projects/shop';

/** What every store of proposals must do, on every database. */
export function proposalStoreConformance(
  name: string,
  openDatabase: (t: TestContext) => Promise<Database>,
): void {
  async function open(t: TestContext) {
    const database = await openDatabase(t);
    const approvals = sqlApprovalStore(
      database,
      createEventBus((error) => assert.fail(String(error))),
    );
    const store = sqlProposalStore(database);
    const proposal: Proposal = {
      id: systemIds.next(),
      project,
      requestId: systemIds.next(),
      createdBy: 'architect',
      claimedApprover: 'josh',
      fromJob: systemIds.next(),
      createdAt: 1_000,
    };
    const first: ProposalRevision = {
      proposalId: proposal.id,
      revision: 1,
      text: '# Error responses\n\nSay "why", don\'t guess. é 語\n',
      textHash: 'a'.repeat(64),
      author: 'architect',
      duplicates: [
        { id: 'troupe:a/b', relevance: 0.2, isHidden: true },
        { id: 'api/failures', relevance: 0.41 },
      ],
      flaggedPlaces: 3,
      note: 'from a review',
      createdAt: 1_000,
    };
    const request = {
      ...{ id: proposal.requestId, project, kind: 'standard', subjectId: 'a/b', title: 'a/b' },
      ...{ from: 'architect', textHash: first.textHash, createdAt: 1_000 },
    };
    const insert = (fails = false) =>
      approvals.commit(1_000, async (tx) => {
        await approvals.insert(tx, request);
        await store.insert(tx, proposal, first);
        if (fails) throw new Error('the process died');
      });
    return { store, approvals, proposal, first, insert };
  }

  describe(`ProposalStore on ${name}`, () => {
    it('[A10] keeps a proposal with everything that was given, and finds it by its request', async (t) => {
      const { store, proposal, first, insert } = await open(t);
      await insert();
      assert.deepEqual(await store.get(proposal.id), proposal);
      assert.deepEqual(await store.ofRequest(proposal.requestId), proposal);
      assert.deepEqual(await store.revision(proposal.id, 1), first);
      assert.deepEqual(
        [await store.get('x'), await store.ofRequest('x'), await store.revision(proposal.id, 2)],
        [undefined, undefined, undefined],
      );
    });

    it('[A10] keeps every revision, each once', async (t) => {
      const { store, approvals, proposal, first, insert } = await open(t);
      await insert();
      const later = [2, 3].map((revision) => ({
        ...first,
        ...{ revision, text: `text ${revision}`, duplicates: null, note: null, author: 'josh' },
      }));
      for (const revision of later) await approvals.commit(2, (tx) => store.addRevision(tx, revision));
      assert.deepEqual(await store.revisions(proposal.id), [first, ...later]);
      await assert.rejects(approvals.commit(3, (tx) => store.addRevision(tx, later[0]!)));
      assert.deepEqual(await store.revisions(proposal.id), [first, ...later]);
    });

    it('[A11] keeps the text of a file that was approved as it stands, once', async (t) => {
      const { store, approvals, proposal, insert } = await open(t);
      await insert();
      const { requestId } = proposal;
      assert.equal(await store.adoptedText(requestId), undefined);
      const text = '# Dates\n\nStore instants. é 語\n';
      await approvals.commit(2, (tx) => store.addAdopted(tx, requestId, text));
      assert.equal(await store.adoptedText(requestId), text);
      await assert.rejects(approvals.commit(3, (tx) => store.addAdopted(tx, requestId, 'other')));
      assert.equal(await store.adoptedText(requestId), text);
    });

    it('stores a proposal and its request together or not at all', async (t) => {
      const { store, approvals, proposal, insert } = await open(t);
      await assert.rejects(insert(true), /the process died/);
      assert.deepEqual(
        [await store.get(proposal.id), await approvals.get(proposal.requestId)],
        [undefined, undefined],
      );
    });
  });
}
