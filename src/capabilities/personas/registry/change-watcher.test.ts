import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { builtInFolder, personaProject, personaText } from '../testing.ts';
import type { PersonaRegistry } from './persona-registry.ts';

/** Resolves at the first change after which the condition holds; the caller has listed before. */
function changed(registry: PersonaRegistry, holds: (names: string[]) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = registry.onChange(() => {
      registry.list().then((personas) => {
        if (!holds(personas.map(({ name }) => name))) return;
        stop();
        resolve();
      }, reject);
    });
  });
}

describe('onChange', { timeout: 30_000 }, () => {
  it('[A1] tells of a dropped file, of its removal, and of a file an editor swaps in', async (t) => {
    const { registry, folder, write } = await personaProject(t);
    await registry.list();
    const appeared = changed(registry, (names) => names.includes('dba'));
    await write('.dba.md.swp', personaText('description: d'));
    await rename(join(folder, '.dba.md.swp'), join(folder, 'dba.md'));
    await appeared;
    const gone = changed(registry, (names) => !names.includes('dba'));
    await rm(join(folder, 'dba.md'));
    await gone;
  });

  it('[A1] tells of the first persona of a project without the folder, and again after the folder was made anew', async (t) => {
    const { registry, folder, root } = await personaProject(t, { makeFolder: false });
    await registry.list();
    for (const name of ['first', 'second']) {
      const appeared = changed(registry, (names) => names.includes(name));
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, `${name}.md`), personaText('description: d'));
      await appeared;
      const gone = changed(registry, (names) => !names.includes(name));
      await rm(join(root, '.agent-os'), { recursive: true });
      await gone;
    }
  });

  it('says nothing when files are touched and nothing changes, nor after the listener left', async (t) => {
    const { registry, folder, write } = await personaProject(t);
    await write('dba.md', personaText('description: d'));
    await registry.list();
    // In one step: a look in the middle of a plain write sees an empty file, which is a change of its own.
    const swapIn = async (file: string) => {
      await write(`.${file}.swp`, personaText('description: d'));
      await rename(join(folder, `.${file}.swp`), join(folder, file));
    };
    let calls = 0;
    const stop = registry.onChange(() => calls++);
    const appeared = changed(registry, (names) => names.includes('dbb'));
    await swapIn('dba.md');
    await registry.list();
    assert.equal(calls, 0);
    await swapIn('dbb.md');
    await appeared;
    assert.equal(calls, 1);
    stop();
    const gone = changed(registry, (names) => names.includes('dbc'));
    await swapIn('dbc.md');
    await gone;
    assert.equal(calls, 1);
  });

  it('does not keep the process alive', async (t) => {
    const { folder, trustPath } = await personaProject(t);
    const script = `
      const { openFileTrustStore, openPersonaRegistry } = await import(process.argv[1]);
      const registry = openPersonaRegistry({
        builtInFolder: process.argv[2], projectFolder: process.argv[3],
        trust: openFileTrustStore({ path: process.argv[4] }) });
      registry.onChange(() => {});
      await registry.list();`;
    const index = new URL('../index.ts', import.meta.url).href;
    const child = spawn(
      process.execPath,
      ['--input-type=module', '-e', script, index, builtInFolder, folder, trustPath],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    const [code] = (await once(child, 'exit')) as [number];
    assert.equal(code, 0);
  });
});
