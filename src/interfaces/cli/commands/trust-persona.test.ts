import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { systemClock } from '../../../kernel/index.ts';
import {
  distrustPersona,
  openFileTrustStore,
  openPersonaRegistry,
  showPersona,
  trustPersona,
  type PersonaDeps,
} from '../../../capabilities/personas/index.ts';
import type { CliHost } from '../cli-host.ts';
import { runCli } from '../run-cli.ts';
import { recordingTerminal, type RecordingTerminal } from '../testing.ts';

const text =
  '---\nname: dba\ndescription: Looks at schemas.\n---\nBe exact.\u001B[8m Hidden order.\u001B[0m\n';

/** The command line over a project with one persona of its own. */
async function desk(t: TestContext, terminal: RecordingTerminal) {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'troupe-trust-')));
  t.after(() => rm(root, { recursive: true, force: true }));
  const file = join(root, '.agent-os', 'personas', 'dba.md');
  await mkdir(join(root, '.agent-os', 'personas'), { recursive: true });
  await writeFile(file, text);
  const trust = openFileTrustStore({ path: join(root, 'trust.json') });
  const personas = openPersonaRegistry({
    builtInFolder: join(import.meta.dirname, '../../../capabilities/personas/built-in'),
    projectFolder: join(root, '.agent-os', 'personas'),
    trust,
  });
  const deps: PersonaDeps = {
    personas,
    personaTrust: trust,
    projectRoot: root,
    maxDocumentBytes: 50_000,
    clock: systemClock,
    personIsPresent: () => terminal.inIsTerminal,
  };
  const host: CliHost<PersonaDeps> = {
    version: '0',
    operations: [showPersona, trustPersona, distrustPersona],
    terminal,
    cwd: root,
    env: {},
    openSession: () =>
      Promise.resolve({
        root,
        personaNames: () => Promise.resolve(['dba']),
        deps: () => Promise.resolve(deps),
        work: () => assert.fail('nothing is worked on'),
        close: () => Promise.resolve(),
      }),
    serveMcp: () => assert.fail('nothing is served'),
    categoryOf: () => Promise.resolve(undefined),
    interrupted: new AbortController().signal,
    extraCommands: [],
  };
  return {
    file,
    run: (...args: string[]) => runCli(host, args),
    isTrusted: async () => (await personas.find('dba')).trusted,
  };
}

describe('troupe personas trust', () => {
  it('shows the whole text, hidden parts too, asks, and trusts exactly that', async (t) => {
    const terminal = recordingTerminal({ answers: [true] });
    const { run, isTrusted } = await desk(t, terminal);
    assert.equal(await run('personas', 'trust', 'dba'), 0);
    assert.match(terminal.notes(), /Be exact\.\\u\{1b\}\[8m Hidden order\./);
    assert.equal(terminal.asked.length, 1);
    assert.match(terminal.written(), /^dba is trusted, in exactly the text with hash [0-9a-f]{12}\.$/m);
    assert.equal(await isTrusted(), true);

    assert.equal(await run('personas', 'distrust', 'dba'), 0);
    assert.match(
      terminal.written(),
      /^dba is no longer trusted \(1 text of it was\): no language model reads it\.$/m,
    );
    assert.equal(await isTrusted(), false);
  });

  for (const [what, answer] of [
    ['says no', false],
    ['presses return alone', 'enter'],
  ] as const) {
    it(`trusts nothing when the person ${what}`, async (t) => {
      const terminal = recordingTerminal({ answers: [answer] });
      const { run, isTrusted } = await desk(t, terminal);
      assert.equal(await run('personas', 'trust', 'dba'), 0);
      assert.match(terminal.notes(), /Not trusted\./);
      assert.equal(await isTrusted(), false);
    });
  }

  it('refuses when the text changed while the person was reading', async (t) => {
    const terminal = recordingTerminal();
    const { run, file, isTrusted } = await desk(t, terminal);
    terminal.confirm = async () => {
      await writeFile(file, text.replace('exact', 'careless'));
      return true;
    };
    assert.equal(await run('personas', 'trust', 'dba'), 4);
    assert.match(terminal.notes(), /personas\.changed_since_shown/);
    assert.equal(await isTrusted(), false);
  });

  it('is refused without a terminal, whatever hash is given', async (t) => {
    const terminal = recordingTerminal({ inIsTerminal: false });
    const { run, isTrusted } = await desk(t, terminal);
    assert.equal(await run('personas', 'trust', 'dba', '--content-hash', 'a'.repeat(64)), 5);
    assert.match(terminal.notes(), /call\.needs_person/);
    assert.deepEqual([terminal.asked, await isTrusted()], [[], false]);
  });
});
