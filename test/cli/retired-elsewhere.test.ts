import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exampleProject } from '../support/troupe/example-project.ts';
import { atTerminal } from '../support/troupe/terminal.ts';
import { runTroupe } from '../support/troupe/troupe-process.ts';

const id = 'data/instants';
const file = `.agent-os/standards/${id}.md`;
const parts = ['Context', 'Pattern', 'Examples', 'Anti-patterns', 'When to revisit'];
const active = `---\ntags: [time]\n---\n# Instants\n\nStore every instant in UTC.\n\n${parts.map((part) => `## ${part}\n\nx\n`).join('\n')}`;
const retired = active.replace('tags:', 'status: retired\nretired_because: the driver does it\ntags:');

describe('a standard that somebody else retired', () => {
  it('[A11] [X8] is named until a person adopts that, and then no earlier text is approved any more', async (t) => {
    const project = await exampleProject(t);
    const shown = async (...args: string[]) => (await runTroupe(t, project, args)).stdout;
    const adopt = async () => {
      const adopting = atTerminal(t, project, ['standards', 'adopt', id]);
      await adopting.until(/Approve exactly this text\?/);
      adopting.type('y');
      const { code, screen } = await adopting.finished;
      assert.equal(code, 0, screen);
      return screen;
    };
    await project.write(file, active);
    assert.match(await adopt(), /Near-duplicates: /);

    // As git brings it.
    await project.write(file, retired);
    const check = ['check', '--rules-only', '--standards', id];
    assert.match(await shown(...check), /its file says retired, which nobody on this machine has confirmed/);
    assert.match(await shown('standards', 'list'), /data\/instants +retired, not confirmed/);
    assert.match(await adopt(), /says retired: with it no earlier text stays approved/);
    assert.doesNotMatch(await shown(...check), /its file says retired/);
    assert.match(await shown('standards', 'list'), /data\/instants +retired {2}/);

    await project.write(file, active);
    assert.match(await shown(...check), /it was changed after it was approved/);
    assert.match(await shown('standards', 'adopt'), /this text was retired by /);
  });
});
