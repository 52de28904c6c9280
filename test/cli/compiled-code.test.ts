import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
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

  it('is kept by version: the first start of one removes those that were not started for 30 days', async (t) => {
    const project = await ownProject(t);
    const kept = join(project.home, '.cache', 'troupe', 'compiled');
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
    const startedBefore = async (version: string, days: number) => {
      await mkdir(join(kept, version, 'v24'), { recursive: true });
      await writeFile(join(kept, version, 'v24', 'code'), 'compiled');
      await utimes(join(kept, version), daysAgo(days), daysAgo(days));
    };
    await startedBefore('0.0.1', 31);
    await startedBefore('0.0.2', 29);
    await personas(t, project);
    const versions = await readdir(kept);
    const own = versions.find((version) => version !== '0.0.2')!;
    assert.deepEqual(versions.sort(), ['0.0.2', own]);

    await startedBefore('0.0.1', 31);
    await utimes(join(kept, own), daysAgo(31), daysAgo(31));
    await personas(t, project);
    assert.deepEqual((await readdir(kept)).sort(), ['0.0.1', '0.0.2', own], 'no later start looks');
    assert.ok((await stat(join(kept, own))).mtime > daysAgo(1), 'and each counts as use');
  });

  it('need not be kept: a start without a place for it is only slower', async (t) => {
    const project = await ownProject(t);
    await writeFile(join(project.home, '.cache'), 'a file in the way');
    assert.match(await personas(t, project), /security/);
  });
});
