import assert from 'node:assert/strict';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { hashOfStandard } from '../document/approvable-text.ts';
import { withRetirement } from '../document/retirement.ts';
import { standardErrors } from '../errors.ts';
import { openLibraryFixture, own, shipped, standardText } from './library-fixture.ts';
import { listStandards } from './list-standards.ts';
import { retireStandard } from './retire-standard.ts';

// In two parts, so that no scanner takes this file for a leak.
const awsKey = ['AKIA', 'QYLPMN5HFIQR7XYA'].join('');
const because = 'The new gateway does it for all services.';

describe('retiring a standard', () => {
  it('[A10] writes why and what replaces it, leaves the rest alone, and keeps it findable', async (t) => {
    const text = standardText('a/old').replaceAll('\n', '\r\n');
    const { call, place } = await openLibraryFixture(t, {
      [`${own}/a/old.md`]: text,
      [`${own}/a/new.md`]: standardText('a/new'),
    });
    const { replaced_by: replacedBy, message } = await call(retireStandard, {
      standard: 'old',
      because,
      replaced_by: 'new',
    });
    assert.equal(replacedBy, 'a/new');
    assert.match(message, /a\/old\.md is retired: still found.*It points to a\/new\./);
    const written = await readFile(place('a/old'), 'utf8');
    assert.equal(written, withRetirement(text, { because, replacedBy: 'a/new' }));
    const states = (await call(listStandards, {})).standards.map(({ id, status }) => `${id} ${status}`);
    assert.deepEqual(states, ['a/new active', 'a/old retired']);
    assert.deepEqual(await readdir(path.dirname(place('a/old'))), ['new.md', 'old.md']);
  });

  it('leaves an approved standard approved, and approves none that was not', async (t) => {
    const { call, approve, deps } = await openLibraryFixture(t, {
      [`${own}/a/approved.md`]: standardText('a/approved'),
      [`${own}/a/foreign.md`]: standardText('a/foreign'),
      [`${own}/a/edited.md`]: standardText('a/edited'),
    });
    approve('a/approved', standardText('a/approved'));
    approve('a/edited', standardText('a/edited', { title: 'Before' }));
    for (const standard of ['approved', 'foreign', 'edited'])
      await call(retireStandard, { standard, because });
    const states = (await deps.library.standards.list()).entries.map(
      ({ id, approval }) => `${id} ${approval}`,
    );
    assert.deepEqual(states, ['a/approved approved', 'a/edited unapproved', 'a/foreign unapproved']);
  });

  it('[X4] finishes what ended between the write of the file and its event, and refuses to do it twice', async (t) => {
    const text = standardText('a/old');
    const half = withRetirement(text, { because, replacedBy: null });
    const { call, events, approve, deps } = await openLibraryFixture(t, { [`${own}/a/old.md`]: half });
    approve('a/old', text);
    const standing = async () => (await deps.library.standards.list()).entries[0]!.approval;
    assert.equal(await standing(), 'changed');
    await call(retireStandard, { standard: 'old', because });
    assert.equal(await standing(), 'approved');
    assert.partialDeepStrictEqual(events, [{ name: 'standards.retired', entityId: 'a/old' }]);
    await assert.rejects(call(retireStandard, { standard: 'old', because }), {
      code: 'standards.already_retired',
    });
    assert.equal(events.length, 1);
  });

  it('[X4] says what could not be recorded of a written file; the same command again records it, approved or not', async (t) => {
    const text = { seen: standardText('a/seen'), foreign: standardText('a/foreign') };
    const { call, events, approve, place, deps } = await openLibraryFixture(t, {
      [`${own}/a/seen.md`]: text.seen,
      [`${own}/a/foreign.md`]: text.foreign,
    });
    approve('a/seen', text.seen);
    const { recordRetirement } = deps.library;
    for (const name of ['seen', 'foreign'] as const) {
      const standard = `a/${name}`;
      const retired = withRetirement(text[name], { because, replacedBy: null });
      deps.library.recordRetirement = async (_call, _retired, write) => {
        // Nothing is written while others wait for the database.
        assert.equal(await readFile(place(standard), 'utf8'), retired);
        await write({ emit: () => Promise.resolve(), project: 'p', by: 'josh', channel: 'terminal' });
        throw new Error('the commit failed');
      };
      await assert.rejects(call(retireStandard, { standard, because }), {
        code: 'standards.retirement_unrecorded',
        message: new RegExp(
          `/${name}\\.md is marked as retired, but that could not be recorded: .*the commit failed\\.$`,
        ),
        remedy: new RegExp(`troupe standards retire ${standard} again`),
      });
      assert.equal(await readFile(place(standard), 'utf8'), retired);
      deps.library.recordRetirement = recordRetirement;
      await call(retireStandard, { standard, because });
      assert.equal(await readFile(place(standard), 'utf8'), retired);
    }
    assert.deepEqual(
      events.map(({ entityId, payload }) => [entityId, (payload as { approval: string }).approval]),
      [
        ['a/seen', 'approved'],
        ['a/foreign', 'unapproved'],
      ],
    );
    const states = (await deps.library.standards.list()).entries.map(({ id, approval }) => [id, approval]);
    assert.deepEqual(states, [
      ['a/foreign', 'unapproved'],
      ['a/seen', 'approved'],
    ]);
  });

  it('puts the text back when the record is refused', async (t) => {
    const text = standardText('a/old');
    const { call, place, deps, approve } = await openLibraryFixture(t, { [`${own}/a/old.md`]: text });
    approve('a/old', text);
    const refusal = standardErrors.make('standards.changed_meanwhile', { file: 'a/old.md' });
    deps.library.recordRetirement = () => Promise.reject(refusal);
    await assert.rejects(call(retireStandard, { standard: 'old', because }), { code: refusal.code });
    assert.equal(await readFile(place('a/old'), 'utf8'), text);
  });

  it('[X4] emits the event after the write of the file: what cannot be written did not happen', async (t) => {
    const { call, events, place, deps } = await openLibraryFixture(t, {
      [`${own}/a/old.md`]: standardText('a/old'),
      [`${own}/a/kept.md`]: standardText('a/kept'),
    });
    await call(retireStandard, { standard: 'old', because, replaced_by: 'kept' });
    const [event] = events;
    assert.equal(events.length, 1);
    assert.partialDeepStrictEqual(event, {
      name: 'standards.retired',
      entityId: 'a/old',
      payload: {
        file: '.agent-os/standards/a/old.md',
        approval: 'unapproved',
        text_hash: hashOfStandard(await readFile(place('a/old'), 'utf8')),
        replaced_by: 'a/kept',
        by: 'josh',
        channel: 'terminal',
      },
    });
    assert.doesNotMatch(JSON.stringify(event), /gateway/);
    const { standards } = deps.library;
    let reads = 0;
    deps.library.standards = {
      ...standards,
      async read(entry) {
        const reading = await standards.read(entry);
        reads += 1;
        if (reads === 1) return reading;
        // The last look before the file is written.
        await rm(path.dirname(place('a/kept')), { recursive: true });
        await writeFile(path.dirname(place('a/kept')), 'in the way');
        return reading;
      },
    };
    await assert.rejects(call(retireStandard, { standard: 'kept', because }), { code: /^files\./ });
    assert.equal(events.length, 1);
  });

  it("is a person's act: not without a terminal, and not through another door", async (t) => {
    const { call, person, place } = await openLibraryFixture(t, {
      [`${own}/a/old.md`]: standardText('a/old'),
    });
    const input = { standard: 'a/old', because };
    const refused = { code: 'call.needs_person', remedy: /troupe standards retire a\/old/ };
    for (const door of ['mcp', 'internal'] as const) {
      await assert.rejects(call(retireStandard, input, door), refused);
    }
    person.isPresent = false;
    await assert.rejects(call(retireStandard, input), refused);
    assert.equal(await readFile(place('a/old'), 'utf8'), standardText('a/old'));
  });

  it('refuses a shipped one, one that is retired, itself in its place, and names nobody knows', async (t) => {
    const { call } = await openLibraryFixture(t, {
      [`${own}/a/old.md`]: withRetirement(standardText('a/old'), { because: 'tired', replacedBy: null }),
      [`${own}/a/active.md`]: standardText('a/active'),
      [`${own}/a/broken.md`]: '---\n[\n---\n',
      [`${shipped}/b/shipped.md`]: standardText('b/shipped'),
    });
    const cases: [input: object, code: string][] = [
      [{ standard: 'b/shipped' }, 'standards.shipped'],
      [{ standard: 'a/old' }, 'standards.already_retired'],
      [{ standard: 'a/active', replaced_by: 'active' }, 'standards.replaces_itself'],
      [{ standard: 'a/active', replaced_by: 'nowhere' }, 'standards.unknown'],
      [{ standard: 'a/broken' }, 'standards.bad_front_matter'],
      [{ standard: '../x' }, 'standards.unknown'],
      [{ standard: 'a/active', because: '  ' }, 'call.needs_reason'],
      [{ standard: 'a/active', because: undefined }, 'call.needs_reason'],
      [{ standard: 'a/active', because: 'x'.repeat(2_001) }, 'input.invalid'],
      [{ standard: 'a/active', because: `key ${awsKey}` }, 'call.secret_in_reason'],
    ];
    for (const [input, code] of cases) {
      await assert.rejects(call(retireStandard, { because, ...input }), { code }, JSON.stringify(input));
    }
  });

  it('loses nothing of what an editor saves meanwhile', async (t) => {
    const { call, deps, place } = await openLibraryFixture(t, { [`${own}/a/old.md`]: standardText('a/old') });
    const { standards } = deps.library;
    const edited = standardText('a/old', { title: 'Edited' });
    let reads = 0;
    deps.library.standards = {
      ...standards,
      async read(entry) {
        const reading = await standards.read(entry);
        reads += 1;
        if (reads === 1) await writeFile(place('a/old'), edited);
        return reading;
      },
    };
    await assert.rejects(call(retireStandard, { standard: 'a/old', because }), {
      code: 'standards.changed_meanwhile',
    });
    assert.equal(await readFile(place('a/old'), 'utf8'), edited);
  });
});
