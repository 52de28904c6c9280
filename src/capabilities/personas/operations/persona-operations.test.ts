import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { invoke, systemClock, type Call } from '../../../kernel/index.ts';
import { personaProject, personaText } from '../testing.ts';
import { checkPersonas } from './check-personas.ts';
import { listPersonas } from './list-personas.ts';
import type { PersonaDeps } from './persona-deps.ts';
import { showPersona } from './show-persona.ts';
import { distrustPersona } from './distrust-persona.ts';
import { trustPersona } from './trust-persona.ts';

const cli: Call = { door: 'cli', caller: 'test' };

async function start(t: TestContext, overrides: Partial<PersonaDeps> = {}) {
  const project = await personaProject(t);
  const deps: PersonaDeps = {
    personas: project.registry,
    personaTrust: project.trust,
    projectRoot: project.root,
    maxDocumentBytes: 50_000,
    clock: systemClock,
    personIsPresent: () => true,
    ...overrides,
  };
  return { ...project, deps };
}

describe('persona operations', () => {
  it('lists personas with what is wrong, in the words of the contract', async (t) => {
    const { deps, write } = await start(t);
    await write('dba.md', personaText('description: Queries.\nprioritty: core'));
    const output = await invoke(listPersonas, {}, { deps, call: cli });
    assert.deepEqual(listPersonas.output.parse(output), output);
    assert.equal(output.personas.find(({ name }) => name === 'dba')?.trusted, false);
    assert.deepEqual(
      output.problems.map(({ path, line }) => `${path}:${line}`),
      ['.agent-os/personas/dba.md:3'],
    );
  });

  it('shows one persona whole, found by title', async (t) => {
    const { deps } = await start(t);
    const output = await invoke(showPersona, { persona: 'Security Engineer' }, { deps, call: cli });
    assert.deepEqual(showPersona.output.parse(output), output);
    assert.equal(output.name, 'security');
    assert.match(output.content_hash, /^[0-9a-f]{64}$/);
    assert.ok(output.tokens > 500);
  });

  it('checks sizes against their limits and gives errors first', async (t) => {
    const { deps, write } = await start(t);
    await write('long.md', personaText('description: Long.\ncolor: blue', 'word '.repeat(1_600)));
    await write('zz.md', personaText('description: d\nmax_turns: none'));
    const output = await invoke(checkPersonas, {}, { deps, call: cli });
    assert.deepEqual(checkPersonas.output.parse(output), output);
    assert.equal(output.ok, false);
    assert.equal(output.tokenizer, 'o200k_base');
    assert.deepEqual(
      output.problems.map(({ path, severity }) => `${severity} ${path}`),
      ['error .agent-os/personas/zz.md', 'warning .agent-os/personas/long.md'],
    );
    assert.deepEqual(output.personas.find(({ name }) => name === 'long')?.unused_keys, ['color']);
    const one = await invoke(checkPersonas, { persona: 'qa' }, { deps, call: cli });
    assert.deepEqual([one.ok, one.problems, one.personas.map(({ name }) => name)], [true, [], ['qa']]);
  });

  it('names each rule that a persona checks by and nobody ships, with its line and the nearest', async (t) => {
    const { deps, write } = await start(t);
    const checks = [
      'security',
      'security/evall',
      'data/query-in-lop',
      'testing/weak-hash',
      'data/select-star',
    ];
    const list = checks.map((check) => `    - ${check}`).join('\n');
    await write('dba.md', personaText(`description: Queries.\npersona:\n  checks:\n${list}`));
    const { ok, problems } = await invoke(checkPersonas, {}, { deps, call: cli });
    const said = (check: string, meant: string) =>
      `"persona.checks" names ${check}, which is not run: there is no rule ${check} (did you mean ${meant}?)`;
    assert.deepEqual(
      problems.map(({ path, line, severity, message }) => [path, line, severity, message]),
      [
        [6, said('security/evall', 'security/eval-of-input')],
        [7, said('data/query-in-lop', 'data/query-in-loop')],
        [8, said('testing/weak-hash', 'security/weak-hash')],
      ].map(([line, message]) => ['.agent-os/personas/dba.md', line, 'warning', message]),
    );
    assert.equal(ok, true);
  });

  it('lets a person trust the text that was shown, and only that', async (t) => {
    const { deps, registry, write } = await start(t);
    await write('dba.md', personaText('description: One.'));
    const shown = (await registry.find('dba')).contentHash;
    await write('dba.md', personaText('description: Two.'));
    const stale = invoke(trustPersona, { persona: 'dba', content_hash: shown }, { deps, call: cli });
    await assert.rejects(stale, { code: 'personas.changed_since_shown' });
    const output = await invoke(trustPersona, { persona: 'dba' }, { deps, call: cli });
    assert.equal(output.already_trusted, false);
    assert.equal((await registry.find('dba')).trusted, true);
    const again = await invoke(trustPersona, { persona: 'dba' }, { deps, call: cli });
    assert.equal(again.already_trusted, true);
  });

  it('refuses trust without a person, through any other door, and for personas that need none', async (t) => {
    const { deps, write } = await start(t);
    await write('dba.md', personaText('description: d'));
    const absent = { ...deps, personIsPresent: () => false };
    await assert.rejects(invoke(trustPersona, { persona: 'dba' }, { deps: absent, call: cli }), {
      code: 'call.needs_person',
    });
    const overMcp = invoke(trustPersona, { persona: 'dba' }, { deps, call: { ...cli, door: 'mcp' } });
    await assert.rejects(overMcp, { code: 'call.needs_person' });
    await assert.rejects(invoke(trustPersona, { persona: 'qa' }, { deps, call: cli }), {
      code: 'personas.not_of_this_project',
    });
    assert.deepEqual(Object.keys(trustPersona.doors), ['cli']);
  });

  it('withdraws trust without a terminal, also of a persona whose file is gone', async (t) => {
    const { deps, write, registry, folder } = await start(t);
    await write('dba.md', personaText('description: d'));
    await invoke(trustPersona, { persona: 'dba' }, { deps, call: cli });
    const context = { deps: { ...deps, personIsPresent: () => false }, call: cli };
    const distrust = (persona: string) => invoke(distrustPersona, { persona }, context);
    assert.deepEqual(await distrust('dba'), { persona: 'dba', texts: 1 });
    assert.equal((await registry.find('dba')).trusted, false);
    assert.deepEqual(await distrust('dba'), { persona: 'dba', texts: 0 });
    await invoke(trustPersona, { persona: 'dba' }, { deps, call: cli });
    await rm(join(folder, 'dba.md'));
    assert.deepEqual(await distrust('dba'), { persona: 'dba', texts: 1 });
    await assert.rejects(distrust('dba'), { code: 'personas.unknown' });
    await assert.rejects(distrust('qa'), { code: 'personas.not_of_this_project' });
    assert.deepEqual(Object.keys(distrustPersona.doors), ['cli']);
  });
});
