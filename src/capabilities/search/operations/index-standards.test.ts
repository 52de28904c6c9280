import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { invoke } from '../../../kernel/index.ts';
import { countingEmbedder, openTestProject } from '../testing.ts';
import { indexStandards } from './index-standards.ts';

const standard = (topic: string) =>
  `---\ndomain: shop\ntopic: ${topic}\n---\n\n# ${topic}\n\nOne rule.\n\n## Context\n\nWhy.\n`;

describe('indexing the standards on request', () => {
  it('[A13] tells how far it is, waits for the vectors, and does nothing a second time', async (t) => {
    const project = await openTestProject(t, {
      'shop/carts.md': standard('carts'),
      'shop/orders.md': standard('orders'),
      'shop/broken.md': '---\n: [\n---\n',
    });
    const embedder = countingEmbedder();
    const index = await project.open({ embedder });
    const percents: number[] = [];
    const call = {
      door: 'cli' as const,
      caller: 'test',
      progress: ({ percent }: { percent: number }) => percents.push(percent),
    };
    const output = await invoke(indexStandards, {}, { deps: { index }, call });
    assert.equal(output.standards, 2);
    assert.equal(output.waiting, 0);
    assert.ok(output.embedded > 0);
    assert.match(output.message, /^2 standards in \d+ sections; \d+ vectors by /);
    assert.deepEqual(
      output.skipped.map(({ file }) => file),
      ['.agent-os/standards/shop/broken.md'],
    );
    assert.deepEqual(
      percents,
      percents.toSorted((a, b) => a - b),
    );
    assert.equal(percents.at(-1), 100);
    const { length } = embedder.embedded;
    await invoke(indexStandards, {}, { deps: { index }, call });
    assert.equal(embedder.embedded.length, length);
  });
});
