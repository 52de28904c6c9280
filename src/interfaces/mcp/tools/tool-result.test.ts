import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { kernelErrors } from '../../../kernel/index.ts';
import { toolFailure, toolResult } from './tool-result.ts';

describe('toolResult', () => {
  it('writes short outputs as JSON', () => {
    const { content, structuredContent } = toolResult({ status: 'started', job_id: '7c1e' });
    assert.deepEqual(content, [{ type: 'text', text: '{"status":"started","job_id":"7c1e"}' }]);
    assert.deepEqual(structuredContent, { status: 'started', job_id: '7c1e' });
  });

  it('sets texts of several lines below the rest, unescaped', () => {
    const { content } = toolResult({ status: 'failed', partial_result: 'a "quoted"\nline', result: 'x\ny' });
    const text = '{"status":"failed"}\n\npartial_result:\na "quoted"\nline\n\nresult:\nx\ny';
    assert.deepEqual(content, [{ type: 'text', text }]);
  });

  it('loses nothing of an output: every field is in the text', () => {
    const outputs = fc.dictionary(
      fc.stringMatching(/^[a-z_]{1,8}$/),
      fc.oneof(fc.string(), fc.integer(), fc.boolean()),
    );
    fc.assert(
      fc.property(outputs, (output) => {
        const [block] = toolResult(output).content;
        const text = block?.type === 'text' ? block.text : '';
        for (const [name, value] of Object.entries(output)) {
          const below = typeof value === 'string' && value.includes('\n');
          assert.ok(
            text.includes(below ? `${name}:\n${value}` : `${JSON.stringify(name)}:${JSON.stringify(value)}`),
          );
        }
      }),
    );
  });
});

describe('toolFailure', () => {
  it('says code, what happened and what to do, and the same as data', () => {
    const error = kernelErrors.make('input.invalid', {
      operation: 'jobs.check',
      problems: ['job_id: too short'],
    });
    const result = toolFailure(error, 'check_persona_job');
    assert.equal(result.isError, true);
    const text =
      'input.invalid: check_persona_job: job_id: too short. Correct the named fields and call again.';
    assert.deepEqual(result.content, [{ type: 'text', text }]);
    const { operation } = (result.structuredContent as { error: { details: { operation: string } } }).error
      .details;
    assert.equal(operation, 'check_persona_job', 'the name that the caller knows');
  });
});
