import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkedProject, loggingRule, standardText } from '../check-fixture.ts';

const id = 'development/logging';
const active = standardText('Logging', loggingRule);
const file = `.agent-os/standards/${id}.md`;

describe('[X8] a check where a file says retired of a standard that was approved', () => {
  it('names it as not checked, whatever its globs say now, until a person confirms it', async (t) => {
    const { check, approve, write } = await checkedProject(t, {
      files: { 'src/a.ts': 'console.log(1);\n' },
      standards: { [id]: active },
    });
    const retired = active.replace('tags:', 'status: retired\napplies_to: ["nothing/**"]\ntags:');
    await write({ [file]: retired });
    for (const standards of [undefined, [id]]) {
      const output = await check(standards === undefined ? {} : { standards });
      assert.deepEqual(output.not_checked, [
        {
          standards: [id],
          reason:
            'its file says retired, which nobody on this machine has confirmed: `troupe standards adopt development/logging` shows it',
        },
      ]);
      assert.match(output.message, /0 standards checked, 1 not checked/);
    }
    approve(id, retired);
    assert.deepEqual((await check()).not_checked, []);
  });

  it('misses none that nobody here had approved before', async (t) => {
    const { check } = await checkedProject(t, {
      files: { 'src/a.ts': 'console.log(1);\n' },
      standards: { [id]: active.replace('tags:', 'status: retired\ntags:') },
      approved: {},
    });
    assert.deepEqual((await check()).not_checked, []);
  });
});
