import assert from 'node:assert/strict';
import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { exampleProject } from '../support/troupe/example-project.ts';
import { atTerminal } from '../support/troupe/terminal.ts';
import { runTroupe } from '../support/troupe/troupe-process.ts';

const shipped = join(import.meta.dirname, '../../src/capabilities/standards/universal/development/naming.md');

describe('a folder of standards that is gone', () => {
  it('[X7] [X8] is named by doctor, health and check, and export removes no rule until it is back or retired', async (t) => {
    const project = await exampleProject(t);
    const folder = join(project.root, '.agent-os', 'standards');
    const text = await readFile(shipped, 'utf8');
    for (const topic of ['our-names', 'retired'])
      await project.write(
        `.agent-os/standards/development/${topic}.md`,
        text.replace('topic: naming', `topic: ${topic}`),
      );
    const typed = async (...args: string[]) => {
      const { code, screen } = await atTerminal(t, project, args).finished;
      assert.equal(code, 0, screen);
      return screen;
    };
    const adopting = atTerminal(t, project, ['standards', 'adopt', '--all']);
    await adopting.until(/Approve these 2, in exactly the texts shown\?/);
    adopting.type('y');
    assert.equal((await adopting.finished).code, 0);
    await typed('standards', 'retire', 'development/retired', '--because', 'Nobody needs it.');
    assert.equal((await runTroupe(t, project, ['export', 'agents-md'])).code, 0);
    const exported = await readFile(join(project.root, 'AGENTS.md'), 'utf8');

    await rename(folder, join(project.root, 'elsewhere'));
    const gone = /development\/our-names +approved on \d{4}-\d\d-\d\d by \S+/;
    const why = /development\/our-names: approved on .* its file is gone: restore it \(git\), or/;
    const doctor = await runTroupe(t, project, ['doctor']);
    assert.match(doctor.stdout, /! standards +1 approved standard of this project has no file any more/);
    assert.match(doctor.stdout, gone);
    assert.doesNotMatch(doctor.stdout, /none of this project yet|development\/retired/);
    const health = await runTroupe(t, project, ['standards', 'health']);
    assert.match(health.stdout, gone);
    assert.doesNotMatch(health.stdout, /nothing needs a person|development\/retired/);
    assert.match((await runTroupe(t, project, ['check', '--rules-only'])).stdout, why);
    const refused = await runTroupe(t, project, ['export', 'all']);
    assert.equal(refused.code, 4);
    assert.match(refused.stderr, /exports\.standards_gone.*development\/our-names/s);
    assert.equal(await readFile(join(project.root, 'AGENTS.md'), 'utf8'), exported);

    await typed('standards', 'retire', 'development/our-names', '--because', 'The linter does it.');
    assert.equal((await runTroupe(t, project, ['export', 'agents-md'])).code, 0);
    await assert.rejects(readFile(join(project.root, 'AGENTS.md')), { code: 'ENOENT' });
    await rm(join(project.root, 'elsewhere'), { recursive: true });
    const after = await runTroupe(t, project, ['standards', 'health']);
    assert.doesNotMatch(after.stdout, /files are gone/);
  });
});
