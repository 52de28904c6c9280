import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { applyChanges } from '../apply-changes.ts';
import { planGuides } from './plan-guides.ts';

async function folders(t: TestContext): Promise<{ root: string; shipped: string; guide: string }> {
  const base = await realpath(await mkdtemp(join(tmpdir(), 'troupe-guides-')));
  t.after(() => rm(base, { recursive: true, force: true }));
  const shipped = join(base, 'shipped');
  await mkdir(shipped);
  await mkdir(join(base, 'project'));
  await writeFile(join(shipped, 'one.md'), '# One\n\nFirst text.\n');
  return { root: join(base, 'project'), shipped, guide: join(base, 'project/.agent-os/guides/one.md') };
}

async function install(root: string, shipped: string) {
  const plan = await planGuides(root, shipped);
  await applyChanges(plan.files);
  return plan;
}

describe('[A19] installing the guides', () => {
  it('writes them once, and again only when there are newer ones', async (t) => {
    const { root, shipped, guide } = await folders(t);
    await install(root, shipped);
    assert.match(await readFile(guide, 'utf8'), /^# One\n\nFirst text\.\n/);
    assert.deepEqual(await planGuides(root, shipped), { files: [], leftAlone: [] });
    await writeFile(join(shipped, 'one.md'), '# One\n\nSecond text.\n');
    await install(root, shipped);
    assert.match(await readFile(guide, 'utf8'), /Second text/);
  });

  it('leaves an edited guide alone, also after a newer version, and one that was there before', async (t) => {
    const { root, shipped, guide } = await folders(t);
    await install(root, shipped);
    const edited = `${await readFile(guide, 'utf8')}\nOur own way.\n`;
    for (const text of [edited, edited.replace('First', 'Our'), '# Ours\n']) {
      await writeFile(guide, text);
      await writeFile(join(shipped, 'one.md'), '# One\n\nSecond text.\n');
      assert.deepEqual(await install(root, shipped), { files: [], leftAlone: ['.agent-os/guides/one.md'] });
      assert.equal(await readFile(guide, 'utf8'), text);
    }
  });

  it('knows its own text by whatever line ends git gave it', async (t) => {
    const { root, shipped, guide } = await folders(t);
    await install(root, shipped);
    await writeFile(guide, (await readFile(guide, 'utf8')).replaceAll('\n', '\r\n'));
    await writeFile(join(shipped, 'one.md'), '# One\n\nSecond text.\n');
    assert.deepEqual((await install(root, shipped)).leftAlone, []);
    assert.match(await readFile(guide, 'utf8'), /Second text/);
  });
});
