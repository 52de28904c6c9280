import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { exampleProject } from '../support/troupe/example-project.ts';
import { runTroupe } from '../support/troupe/troupe-process.ts';

const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');

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
});
