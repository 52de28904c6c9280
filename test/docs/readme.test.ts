import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { extraCommands } from '../../src/app/extra-commands.ts';
import { operations } from '../../src/app/operations.ts';
import { runCli } from '../../src/interfaces/cli/index.ts';
import { recordingTerminal } from '../../src/interfaces/cli/testing.ts';
import { exampleProject } from '../support/troupe/example-project.ts';
import { runTroupe } from '../support/troupe/troupe-process.ts';
import { assertListed } from './document-list.ts';

const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');

/** The commands that help lists, of all or of a group; help itself left out. */
async function commandsOf(...group: readonly string[]): Promise<string[]> {
  const terminal = recordingTerminal();
  const nothing = () => Promise.reject(new Error('help opens nothing'));
  const { signal } = new AbortController();
  const host = {
    ...{ version: '', operations, terminal, cwd: '', env: {}, interrupted: signal },
    ...{ openSession: nothing, serveMcp: nothing, categoryOf: nothing },
    extraCommands: extraCommands(() => ({ cwd: '', env: {} }), terminal, signal),
  };
  assert.equal(await runCli(host, ['help', ...group]), 0);
  const [, list = ''] = terminal.written().split('\nCommands:\n');
  const names = [...list.matchAll(/^ {2}([a-z]+(?:-[a-z]+)*)\b/gm)].map(([, name]) => name!);
  return names.filter((name) => name !== 'help');
}

/**
 * The commands that the README's table names: in the first cell with their words before them, in the second by the last
 * word alone, where the first names a group of commands.
 */
function commandsInTable(text: string, isGroup: (word: string) => boolean): string[] {
  return [...text.matchAll(/^\| (`troupe [^|]+) \| ([^|]+) \|$/gm)].flatMap(([, first = '', second = '']) => {
    const named = [...first.matchAll(/`troupe ([a-z-]+)(?: ([a-z-]+))?/g)].map(([, word = '', next]) =>
      isGroup(word) && next !== undefined ? `${word} ${next}` : word,
    );
    const group = named[0]!.split(' ')[0]!;
    const others = isGroup(group) ? [...second.matchAll(/`([a-z]+(?:-[a-z]+)*)`/g)] : [];
    return [...named, ...others.map(([, word]) => `${group} ${word}`)];
  });
}

describe('the README', () => {
  it('shows a review as the example shop gets it, line for line but for what it leaves out', async (t) => {
    const shown = /^\$ troupe ask "(.+)"\n([^]*?)\n```$/m.exec(readme);
    assert.ok(shown, 'the README begins with a review');
    const [, task = '', review = ''] = shown;
    const { stdout } = await runTroupe(t, await exampleProject(t), ['ask', task]);
    const printed = stdout.split('\n');
    for (const line of review.split('\n')) {
      if (line.trim() === '…') continue;
      const at = printed.indexOf(line);
      assert.notEqual(at, -1, `The README shows a line that is not printed (in this order): ${line}`);
      printed.splice(0, at + 1);
    }
  });

  it('names every command in its table, and no other', async () => {
    const below = new Map<string, string[]>();
    for (const name of await commandsOf()) below.set(name, await commandsOf(name));
    const isGroup = (word: string) => (below.get(word)?.length ?? 0) > 0;
    const there = [...below].flatMap(([name, own]) =>
      own.length === 0 ? [name] : own.map((last) => `${name} ${last}`),
    );
    assert.ok(there.includes('ask') && there.includes('jobs watch'), there.join());
    const listed = commandsInTable(readme, isGroup).filter((command) => !isGroup(command));
    assertListed('The table of commands in README.md', listed, there);
  });
});

describe('the table of commands, as it is read', () => {
  it('gives commands of a group by their last words, and takes options and values for none', () => {
    const table = [
      '| command | does |',
      '| `troupe jobs list` | jobs; also `show`, `gone` |',
      '| `troupe check` | code; `--staged`, `sarif` |',
      '| `troupe inbox`, `troupe export claude` | what waits; `approve` |',
    ].join('\n');
    const isGroup = (word: string) => ['jobs', 'inbox'].includes(word);
    assert.deepEqual(commandsInTable(table, isGroup), [
      'jobs list',
      'jobs show',
      'jobs gone',
      'check',
      'inbox',
      'export',
      'inbox approve',
    ]);
  });
});
