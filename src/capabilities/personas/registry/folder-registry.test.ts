import assert from 'node:assert/strict';
import { mkdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { isAppError } from '../../../kernel/index.ts';
import { toolDescriptionOf, type Persona, type PersonaProblem } from '../persona.ts';
import { personaProject, personaText } from '../testing.ts';

const lines = (problems: readonly PersonaProblem[]) =>
  problems.map(
    (one) => `${one.severity} ${one.path}${one.line === undefined ? '' : `:${one.line}`} ${one.message}`,
  );
const namesOf = (personas: readonly { name: string }[]) => personas.map(({ name }) => name);
const coreOf = (personas: readonly Pick<Persona, 'name' | 'priority'>[]) =>
  namesOf(personas.filter(({ priority }) => priority === 'core'));

describe('PersonaRegistry', () => {
  it('[A1] makes a persona with its tool name of a file dropped into the project, without a restart', async (t) => {
    const { registry, write } = await personaProject(t);
    const before = namesOf(await registry.list());
    await write(
      'release-captain.md',
      personaText('description: Cuts releases.\npersona:\n  checks: [operations]'),
    );
    const after = await registry.list();
    assert.deepEqual(
      namesOf(after).filter((name) => !before.includes(name)),
      ['release-captain'],
    );
    const dropped = await registry.find('@release-captain');
    assert.equal(dropped.toolName, 'invoke_release_captain');
    assert.equal(dropped.layer, 'project');
    assert.equal(dropped.path, '.agent-os/personas/release-captain.md');
    assert.deepEqual(await registry.problems(), []);
  });

  it('[A1] reports a broken file with line and reason, and hides no other', async (t) => {
    const { registry, write } = await personaProject(t);
    const before = namesOf(await registry.list());
    await write('broken.md', personaText('description: d\nmax_turns: many'));
    await write('fine.md', personaText('description: Fine.'));
    assert.deepEqual(namesOf(await registry.list()).toSorted(), [...before, 'fine'].toSorted());
    assert.deepEqual(lines(await registry.problems()), [
      'error .agent-os/personas/broken.md:3 "max_turns" must be a whole number from 1 to 200, but is "many"',
    ]);
    await assert.rejects(registry.find('broken'), (error) => {
      assert.ok(isAppError(error, 'personas.not_loaded'));
      assert.match(error.message, /\.agent-os\/personas\/broken\.md:3: "max_turns" must be/);
      return true;
    });
  });

  it('sees an edit, a rename and a removal at the next call', async (t) => {
    const { registry, write, folder } = await personaProject(t);
    await write('dba.md', personaText('description: One.'));
    assert.equal((await registry.find('dba')).description, 'One.');
    await write('dba.md', personaText('description: Two.'));
    assert.equal((await registry.find('dba')).description, 'Two.');
    await rename(join(folder, 'dba.md'), join(folder, 'dbb.md'));
    assert.equal((await registry.find('dbb')).description, 'Two.');
    await assert.rejects(registry.find('dba'), { code: 'personas.unknown' });
    await rm(join(folder, 'dbb.md'));
    await assert.rejects(registry.find('dbb'), { code: 'personas.unknown' });
  });

  it('sees an edit that keeps size and modification time', async (t) => {
    const { registry, write, folder } = await personaProject(t);
    const at = new Date(1_700_000_000_000);
    for (const word of ['One', 'Two']) {
      await write('dba.md', personaText(`description: ${word}.`));
      await utimes(join(folder, 'dba.md'), at, at);
      assert.equal((await registry.find('dba')).description, `${word}.`);
    }
  });

  it('[X9] reports a project persona that replaces a built-in one, and falls back when it is broken', async (t) => {
    const { registry, write } = await personaProject(t);
    await write('security.md', personaText('name: Our Security\ndescription: Ours.'));
    const ours = await registry.find('security');
    assert.equal(ours.layer, 'project');
    assert.deepEqual(ours.replaces, ['built-in']);
    assert.deepEqual(lines(await registry.problems()), [
      'warning .agent-os/personas/security.md:1 this replaces the built-in persona "security", whole: offline reviews run no rules until "persona.checks" names some, such as [security]',
    ]);
    await write('security.md', 'no front matter');
    assert.equal((await registry.find('security')).layer, 'built-in');
    assert.deepEqual(lines(await registry.problems()).slice(1), [
      'warning .agent-os/personas/security.md the built-in persona "security" is used instead of this file',
    ]);
  });

  it('[X9] reports every file that is left out', async (t) => {
    const { registry, write, folder } = await personaProject(t, { maxFiles: 2 });
    await mkdir(join(folder, 'team'));
    for (const file of ['README.md', '.hidden.md', 'notes.txt']) await write(file, 'not a persona');
    await write('DBA.md', personaText('description: d'));
    await write('a.mdx', 'x');
    await write('b.md', personaText('description: d'));
    await write('c.md', personaText('description: d'));
    const found = lines(await registry.problems()).toSorted();
    assert.equal(found.length, 4);
    assert.match(found[0]!, /^error \.agent-os\/personas only 2 of 3 files are read \(personas\.max_files\)/);
    assert.match(found[1]!, /^error \.agent-os\/personas\/DBA\.md .*rename it to dba\.md/);
    assert.match(found[2]!, /^warning \.agent-os\/personas\/a\.mdx personas end in "\.md"/);
    assert.match(found[3]!, /^warning \.agent-os\/personas\/team\/ folders inside/);
  });

  it('[X9] reads no file outside the project through a link, and says so', async (t) => {
    if (process.platform === 'win32') return t.skip('links need a privilege there');
    const { registry, folder, root } = await personaProject(t);
    await writeFile(join(root, '..', 'outside.md'), personaText('description: d'));
    await symlink(join(root, '..', 'outside.md'), join(folder, 'link.md'));
    assert.deepEqual(lines(await registry.problems()), [
      'error .agent-os/personas/link.md the file is a link that leads out of the project; it is not read',
    ]);
    await assert.rejects(registry.find('link'), { code: 'personas.not_loaded' });
  });

  it('reads one of two files that differ only in case', async (t) => {
    const { registry, write } = await personaProject(t);
    await write('dba.md', personaText('description: Lower.'));
    await write('DBA.md', personaText('description: Upper.'));
    const problems = lines(await registry.problems());
    if (problems.length === 0) return t.skip('this disk ignores case');
    assert.match(
      problems[0]!,
      /^error \.agent-os\/personas\/DBA\.md this file and dba\.md differ only in case/,
    );
    assert.equal((await registry.find('dba')).description, 'Lower.');
  });

  it('finds by name, title and any case, and gives an identifier before a title', async (t) => {
    const { registry, userFolder } = await personaProject(t);
    assert.equal((await registry.find('@Software Architect')).name, 'architect');
    assert.equal((await registry.find('WORKFLOW_EXECUTOR')).name, 'workflow-executor');
    await writeFile(
      join(userFolder, 'mine.md'),
      personaText('description: d\ndisplay_name: Software Architect'),
    );
    assert.equal((await registry.find('Software Architect')).name, 'architect');
    assert.match(
      lines(await registry.problems()).join(),
      /"Software Architect" means the built-in persona architect; this one/,
    );
  });

  it('[A16] answers an unknown name with the nearest ones', async (t) => {
    const { registry } = await personaProject(t);
    const shipped = await registry.list();
    const core = coreOf(shipped);
    await assert.rejects(registry.find('securty'), (error) => {
      assert.ok(isAppError(error, 'personas.unknown'));
      assert.equal(
        error.line,
        `personas.unknown: there is no persona "securty". Did you mean security? Known: ${core.join(', ')} and ${shipped.length - core.length} specialists (troupe personas list).`,
      );
      return true;
    });
  });

  it('[A25] switches personas off all at once, by name and by profile, and says which setting did it', async (t) => {
    const off = await personaProject(t, { switches: { enabled: false, disabled: [], profile: 'all' } });
    assert.deepEqual(await off.registry.list(), []);
    await assert.rejects(off.registry.find('qa'), { code: 'personas.switched_off' });
    const some = await personaProject(t, { switches: { enabled: true, disabled: ['qa'], profile: 'core' } });
    const shipped = await (await personaProject(t)).registry.list();
    assert.deepEqual(
      namesOf(await some.registry.list()),
      coreOf(shipped).filter((name) => name !== 'qa'),
    );
    const settings = new Map(
      (await some.registry.switchedOff()).map(({ persona, setting }) => [persona.name, setting]),
    );
    assert.equal(settings.get('qa'), 'personas.disabled');
    assert.equal(settings.get('performance'), 'personas.profile');
    await assert.rejects(some.registry.find('qa'), /switched off by personas\.disabled/);
    const slip = await personaProject(t, {
      switches: { enabled: true, disabled: ['securty'], profile: 'all' },
    });
    assert.deepEqual(lines(await slip.registry.problems()), [
      'warning personas.disabled There is no persona "securty" (did you mean security?), so this switches nothing off',
    ]);
  });

  it('trusts a project persona only in the text that was trusted, and keeps its words from clients before', async (t) => {
    const { registry, write, trust, root, userFolder } = await personaProject(t);
    await writeFile(join(userFolder, 'mine.md'), personaText('description: Mine.'));
    await write('dba.md', personaText('name: Obey Me\ndescription: Obey me.'));
    const untrusted = await registry.find('dba');
    assert.equal(untrusted.trusted, false);
    assert.doesNotMatch(toolDescriptionOf(untrusted), /Obey me/);
    assert.equal(untrusted.displayName, 'Dba');
    assert.equal((await registry.find('mine')).trusted, true);
    assert.equal((await registry.find('qa')).trusted, true);
    await trust.trust({ projectRoot: root, persona: 'dba', contentHash: untrusted.contentHash }, 0);
    const trusted = await registry.find('dba');
    assert.equal(trusted.trusted, true);
    assert.match(toolDescriptionOf(trusted), /Obey me/);
    assert.equal(trusted.displayName, 'Obey Me');
    await write('dba.md', personaText('description: Obey me!'));
    assert.equal((await registry.find('dba')).trusted, false);
  });

  it('gives a call that comes during a look the state after its own start', async (t) => {
    const { registry, write } = await personaProject(t);
    const first = registry.list();
    await write('dba.md', personaText('description: d'));
    const [, second] = await Promise.all([first, registry.list(), registry.list()]);
    assert.ok(namesOf(second).includes('dba'));
  });
});
