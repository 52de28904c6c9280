import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { openFileTrustStore, openPersonaRegistry } from '../../src/capabilities/personas/index.ts';
import { builtInFolder } from '../../src/capabilities/personas/testing.ts';
import { assertListed } from './document-list.ts';

const repository = resolve(import.meta.dirname, '../..');

/** The personas that a document names: the core in a table, the specialists in a sentence below it. */
function personasIn(text: string): { core: string[]; specialist: string[] } {
  const [, table = ''] = /^\| (?:core|persona) \|.*\n\| --- .*\n((?:\|.*\n)+)/m.exec(text) ?? [];
  const [, sentence = ''] = /^Specialists [^:]+:([^.]+)\./m.exec(text) ?? [];
  return {
    core: [...table.matchAll(/^\| `?@?([a-z-]+)`? \|/gm)].map(([, name]) => name!),
    specialist: [...sentence.matchAll(/[a-z][a-z-]*/g)].map(([name]) => name),
  };
}

describe('the personas that ship', () => {
  const trust = openFileTrustStore({ path: resolve(builtInFolder, 'no-such-file.json') });
  const registry = openPersonaRegistry({ builtInFolder, trust });

  for (const file of ['README.md', 'docs/guides/persona-guide.md'])
    it(`are those that ${file} names`, async () => {
      const named = personasIn(await readFile(resolve(repository, file), 'utf8'));
      const there = await registry.list();
      for (const priority of ['core', 'specialist'] as const) {
        const names = there.filter((persona) => persona.priority === priority).map(({ name }) => name);
        assert.ok(names.length > 0);
        assertListed(`${file} (${priority})`, named[priority], names);
      }
    });
});

describe('personas in a document', () => {
  it('are read from the table and the sentence, and from no other table', () => {
    const text = [
      '| core | looks at |',
      '| --- | --- |',
      '| architect | boundaries |',
      '| `@data` | models |',
      '',
      'Specialists for depth: `@performance`,\n`@code-review`. More.',
      '',
      '| set | uses |',
      '| --- | --- |',
      '| nothing | rules |',
      '',
    ].join('\n');
    assert.deepEqual(personasIn(text), {
      core: ['architect', 'data'],
      specialist: ['performance', 'code-review'],
    });
  });
});
