import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { temporaryTree } from '../../../platform/files/testing.ts';
import { approve, bodyOf, draft, openProject } from '../testing.ts';

interface Adoption {
  standards: { standard: string; approval: string; text_hash: string }[];
  skipped: { file: string; reason: string }[];
  selection_hash: string;
  adopted: boolean;
  message: string;
}

describe('adopting standards', () => {
  it('approves what came with the repository or was changed by hand, in exactly the texts shown, as one act', async (t) => {
    const project = await openProject(t);
    await project.call('proposals.create', draft());
    await approve(project);
    await project.writeByHand('data/dates', bodyOf('Store instants.'));
    const approved = await project.read('architecture/error-responses');
    await project.writeByHand('architecture/error-responses', approved.replace('problem details', 'details'));
    const listed = (await project.call('proposals.adopt', {})) as unknown as Adoption;
    assert.deepEqual(
      listed.standards.map(({ standard, approval }) => [standard, approval]),
      [
        ['architecture/error-responses', 'changed'],
        ['data/dates', 'unapproved'],
      ],
    );
    assert.equal((await project.library.list()).entries.filter((e) => e.approval === 'approved').length, 0);
    const shown = (await project.call('proposals.adopt', { all: true })) as unknown as Adoption;
    assert.equal(shown.adopted, false, 'what was not shown is not adopted');
    await project.writeByHand('data/dates', bodyOf('Store instants, really.'));
    const stale = { all: true, selection_hash: listed.selection_hash };
    await assert.rejects(project.call('proposals.adopt', stale), { code: 'proposals.selection_changed' });
    const again = (await project.call('proposals.adopt', {})) as unknown as Adoption;
    const given = { all: true, selection_hash: again.selection_hash };
    const done = (await project.call('proposals.adopt', given)) as unknown as Adoption;
    assert.deepEqual(
      [done.adopted, done.message],
      [true, '2 standards adopted, in exactly the texts shown.'],
    );
    const { entries } = await project.library.list();
    assert.deepEqual(
      entries.map(({ approval }) => approval),
      ['approved', 'approved'],
    );
    const none = (await project.call('proposals.adopt', {})) as unknown as Adoption;
    assert.deepEqual([none.adopted, none.message], [false, 'Every standard here is approved already.']);
    const { decisions } = (await project.call('inbox.show', { number: '3' })) as { decisions: object[] };
    assert.partialDeepStrictEqual(decisions, [{ decision: 'approve', by: 'josh', channel: 'terminal' }]);
  });

  it('adopts nothing that is no standard yet, and names what is wrong with the lines', async (t) => {
    const project = await openProject(t);
    await project.writeByHand('data/dates', '# Dates\n');
    const { standards, skipped } = (await project.call('proposals.adopt', {
      all: true,
    })) as unknown as Adoption;
    assert.deepEqual(standards, []);
    assert.match(
      skipped[0]!.reason,
      /^it cannot become a standard: line 1: there is no rule.*; line 1: the section "## Context" is missing; /,
    );
  });

  it('[A11] neither takes nor adopts a merge that was not finished', async (t) => {
    const project = await openProject(t);
    const content = `${bodyOf()}\n\n<<<<<<< HEAD\nOurs.\n=======\nTheirs.\n>>>>>>> feature\n`;
    const line = content.split('\n').indexOf('<<<<<<< HEAD') + 1;
    const said = `line ${line}: "<<<<<<<" is a mark of a merge conflict; settle it, and take its marks out; line ${line + 4}: ">>>>>>>" is`;
    await assert.rejects(project.call('proposals.create', draft({ content })), (error: Error) => {
      assert.ok(error.message.includes(said), error.message);
      return true;
    });
    await project.writeByHand('data/dates', content);
    const { standards, skipped } = (await project.call('proposals.adopt', {
      all: true,
    })) as unknown as Adoption;
    assert.deepEqual(standards, []);
    assert.ok(skipped[0]!.reason.includes(said), skipped[0]!.reason);
  });

  it('adopts one by name, and nothing with a secret or a hidden character', async (t) => {
    const project = await openProject(t);
    await project.writeByHand('data/dates', bodyOf());
    await project.writeByHand('data/keys', `${bodyOf()}\n${['AKIA', 'QYLPMN5HFIQR7XYA'].join('')}\n`);
    await project.writeByHand('data/hidden', `${bodyOf()}\n\u202Eorders\n`);
    const all = (await project.call('proposals.adopt', {})) as unknown as Adoption;
    assert.deepEqual(
      all.standards.map(({ standard }) => standard),
      ['data/dates'],
    );
    assert.deepEqual(
      all.skipped.map(({ file, reason }) => [file.split('/').at(-1), reason.replace(/line \d+/, 'line n')]),
      [
        ['hidden.md', 'it holds the hidden character U+202E in line n'],
        ['keys.md', 'there is a secret in line n (aws-access-key)'],
      ],
    );
    await project.writeByHand('data/ids', bodyOf('Ids sort.'));
    const one = (await project.call('proposals.adopt', {
      standards: ['ids'],
    })) as unknown as Adoption;
    await project.call('proposals.adopt', { standards: ['ids'], selection_hash: one.selection_hash });
    assert.equal(project.refreshes(), 1, 'searches are told at once');
    const { entries } = await project.library.list();
    assert.deepEqual(
      entries.filter((e) => e.approval === 'approved').map(({ id }) => id),
      ['data/ids'],
    );
    await assert.rejects(project.call('proposals.adopt', { standards: ['nope'] }), {
      code: 'standards.unknown',
    });
  });
});

describe('proposing as a person', () => {
  it('refuses the words of the template, each with its line', async (t) => {
    const project = await openProject(t);
    const content = bodyOf('The rule itself in one or two plain sentences; it must stand alone.');
    await assert.rejects(project.call('proposals.create', draft({ content })), {
      code: 'proposals.incomplete',
      message: /line 3: "The rule itself in one .*" is the template's; write your own words/,
    });
  });

  it('proposes a file under the name that it, its path or the command says', async (t) => {
    const project = await openProject(t);
    const write = (name: string, text: string) => writeFile(path.join(project.root, name), text);
    await write('draft.md', bodyOf());
    await assert.rejects(project.call('proposals.propose', { file: 'draft.md' }), {
      code: 'proposals.no_name',
    });
    await assert.rejects(project.call('proposals.propose', {}), { code: 'proposals.no_source' });
    const outside = path.join(await temporaryTree(t, { 'elsewhere.md': bodyOf() }), 'elsewhere.md');
    for (const file of [outside, path.relative(project.root, outside)]) {
      await assert.rejects(project.call('proposals.propose', { file }), {
        code: 'proposals.outside_project',
        remedy: /^Copy it into the project/,
      });
    }
    const latin = Buffer.from(`${bodyOf()}\n\ncafé\n`, 'latin1');
    await writeFile(path.join(project.root, 'latin.md'), latin);
    await assert.rejects(project.call('proposals.propose', { file: 'latin.md', domain: 'a', topic: 'b' }), {
      code: 'files.other_encoding',
    });
    const named = { file: 'draft.md', domain: 'data', topic: 'dates' };
    const answer = await project.call('proposals.propose', named);
    assert.partialDeepStrictEqual(answer, { proposed: [{ standard: 'data/dates', request_number: 1 }] });
    await write('told.md', `---\ndomain: api\ntopic: paging\ncreated_by: ann\n---\n${bodyOf()}`);
    assert.partialDeepStrictEqual(await project.call('proposals.propose', { file: 'told.md' }), {
      proposed: [{ standard: 'api/paging', revision: 1 }],
    });
    assert.deepEqual((await project.store.find(project.root, '2')).from, 'ann');
  });

  it("proposes what repeats in a job's findings, and language drafts; what is refused keeps the others in", async (t) => {
    const project = await openProject(t);
    const { proposals } = project.deps;
    await assert.rejects(project.call('proposals.propose', { from: '7c1e' }), {
      code: 'proposals.nothing_repeated',
    });
    const drafts = ['one', 'two', '..'].map((topic) => ({
      ...{
        domain: 'security',
        topic,
        text: bodyOf(topic),
        createdBy: 'security',
        note: 'It flags 5 places now.',
      },
    }));
    proposals.draftsFromJob = () => Promise.resolve(drafts);
    const output = (await project.call('proposals.propose', { from: '7c1e' })) as {
      proposed: object[];
      skipped: { reason: string }[];
      message: string;
    };
    assert.deepEqual(
      [output.proposed.length, output.message],
      [2, '2 proposals wait for a person: `troupe inbox`.'],
    );
    assert.match(output.skipped[0]!.reason, /^standards\.bad_name/);
    const { notes } = (await project.call('inbox.show', { number: '1' })) as { notes: string[] };
    assert.ok(notes.includes('It flags 5 places now.'));
    proposals.languageDrafts = (language) =>
      Promise.resolve({
        languages: [language ?? 'go'],
        drafts: [{ domain: 'go', topic: 'errors', text: bodyOf() }],
      });
    const generated = await project.call('proposals.generate', {});
    assert.partialDeepStrictEqual(generated, { languages: ['go'], proposed: [{ standard: 'go/errors' }] });
    assert.partialDeepStrictEqual(await project.call('proposals.generate', {}), {
      proposed: [{ request_number: 3 }],
    });
  });

  it('says why no draft of a language was proposed', async (t) => {
    const project = await openProject(t);
    const whyNone = 'Here there are typescript: 2 files.';
    project.deps.proposals.languageDrafts = () => Promise.resolve({ languages: [], drafts: [], whyNone });
    const { message } = await project.call('proposals.generate', {});
    assert.equal(message, `Nothing was proposed. ${whyNone}`);
  });

  it('keeps what was proposed before the inbox was full, and names the rest with the reason', async (t) => {
    const project = await openProject(t, { limits: { maxWaiting: 2 } });
    const { proposals } = project.deps;
    const drafts = ['one', 'two', 'three', 'four'].map((topic) => ({
      domain: 'go',
      topic,
      text: bodyOf(topic),
    }));
    proposals.languageDrafts = () => Promise.resolve({ languages: ['go'], drafts });
    const output = (await project.call('proposals.generate', {})) as {
      proposed: { standard: string }[];
      skipped: { standard: string; reason: string }[];
    };
    assert.deepEqual(
      output.proposed.map(({ standard }) => standard),
      ['go/one', 'go/two'],
    );
    assert.deepEqual(
      output.skipped.map(({ standard, reason }) => [standard, reason.split(':')[0]]),
      [
        ['go/three', 'approvals.too_many_waiting'],
        ['go/four', 'approvals.too_many_waiting'],
      ],
    );
    proposals.languageDrafts = () => Promise.resolve({ languages: ['go'], drafts: drafts.slice(2) });
    await assert.rejects(project.call('proposals.generate', {}), { code: 'approvals.too_many_waiting' });
  });
});
