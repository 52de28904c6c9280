import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exampleProject } from '../support/troupe/example-project.ts';
import { connectTroupe } from '../support/troupe/troupe-client.ts';

const weak = 'export const k = eval(process.argv[2]);\n';

describe('a task with a context, from an agent', () => {
  it('is told its scope at the start as in the review: a diff, code, and what is not found', async (t) => {
    const project = await exampleProject(t);
    const agent = await connectTroupe(t, project);
    for (const [task, context, scope, place] of [
      [
        'review this diff',
        `--- /dev/null\n+++ b/src/g.ts\n@@ -0,0 +1 @@\n+${weak}`,
        'the changed lines of src/g.ts',
        'src/g.ts:1',
      ],
      ['review this code', weak, 'the code in the context', '(context).ts:1'],
      [
        'review src/config.ts and lib/x.ts',
        undefined,
        'src/config.ts. Not found: lib/x.ts',
        'src/config.ts:',
      ],
    ] as const) {
      const given = context === undefined ? { task } : { task, context };
      const started = await agent.call<{ job_id: string; message: string }>('invoke_security', given);
      assert.ok(started.message.includes(`scope: ${scope}.`), started.message);
      const { result = '' } = await agent.ended(started.job_id);
      assert.ok(result.includes(`**${place}`), result);
      assert.doesNotMatch(result, /src\/(?:admin|auth|orders)\.ts/);
    }
    assert.equal(
      await agent.refused('invoke_security', { task: 'review src/adimn.ts' }),
      'work.path_not_found',
    );
    assert.equal(
      await agent.refused('invoke_security', { task: 'review this diff', context: '' }),
      'work.empty_context',
    );
  });
});
