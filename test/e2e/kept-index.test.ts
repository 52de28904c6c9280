import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { inspectIndex } from '../../src/capabilities/search/index.ts';
import { systemClock } from '../../src/kernel/index.ts';
import { exampleProject } from '../support/troupe/example-project.ts';
import { connectTroupe, type TroupeClient } from '../support/troupe/troupe-client.ts';

/** Asks again and again, as an agent would, until the file is found. */
async function findsBy(client: TroupeClient, file: string, query: string): Promise<void> {
  for (;;) {
    const { results } = await client.call<{ results: { file: string }[] }>('search_standards', { query });
    if (results.some((hit) => hit.file === file)) return;
  }
}

describe('the index of standards beside servers that run', () => {
  it('[A12] is kept by one of them from its first search on, seen by the other, and taken over when the first is killed', async (t) => {
    const project = await exampleProject(t);
    const indexFile = join(project.root, '.agent-os/.cache/standards.db');
    const isKept = async () =>
      (await inspectIndex({ indexFile, store: 'sqlite', clock: systemClock })).isKept;
    const kept = async () => {
      while (!(await isKept()));
    };
    const first = await connectTroupe(t, project);
    await first.call('list_persona_jobs');
    assert.equal(await isKept(), false, 'no search yet');
    await first.call('search_standards', { query: 'walrus' });
    await kept();

    const second = await connectTroupe(t, project);
    await second.call('search_standards', { query: 'walrus' });
    const save = (name: string) =>
      project.write(`.agent-os/standards/zoo/${name}.md`, `# The ${name}\n\nFeed the ${name} at noon.\n`);
    await save('walrus');
    await findsBy(first, '.agent-os/standards/zoo/walrus.md', 'walrus');
    await findsBy(second, '.agent-os/standards/zoo/walrus.md', 'walrus');

    process.kill(first.pid, 'SIGKILL');
    await save('okapi');
    await findsBy(second, '.agent-os/standards/zoo/okapi.md', 'okapi');
    await kept();
  });
});
