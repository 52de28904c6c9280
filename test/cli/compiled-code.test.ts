import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { exampleProject, type ExampleProject } from '../support/troupe/example-project.ts';
import { runTroupe } from '../support/troupe/troupe-process.ts';

/** A project of somebody whose Node keeps nothing but what Troupe has it keep. */
async function ownProject(t: TestContext): Promise<ExampleProject & { home: string }> {
  const project = await exampleProject(t, { empty: true });
  const { NODE_COMPILE_CACHE: _shared, XDG_CACHE_HOME: _theirs, ...env } = project.env;
  const temporary = join(dirname(project.root), 'temporary');
  await mkdir(temporary);
  return { ...project, home: project.env['HOME']!, env: { ...env, TMPDIR: temporary, TEMP: temporary } };
}

async function personas(t: TestContext, project: ExampleProject): Promise<string> {
  const { code, stdout, stderr } = await runTroupe(t, project, ['personas', 'list']);
  assert.deepEqual([code, stderr], [0, '']);
  return stdout;
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe('what Node compiles of the program', () => {
  it("is kept in the user's own cache, not where others can write, and damage to it changes nothing", async (t) => {
    const project = await ownProject(t);
    const said = await personas(t, project);
    const kept = await filesBelow(join(project.home, '.cache', 'troupe', 'compiled'));
    assert.ok(kept.length > 0);
    assert.deepEqual(await filesBelow(project.env['TMPDIR']!), []);
    for (const file of kept) {
      const bytes = await readFile(file);
      await writeFile(file, bytes.fill(7, bytes.length >> 1));
    }
    assert.equal(await personas(t, project), said);
  });

  it('need not be kept: a start without a place for it is only slower', async (t) => {
    const project = await ownProject(t);
    await writeFile(join(project.home, '.cache'), 'a file in the way');
    assert.match(await personas(t, project), /security/);
  });
});
