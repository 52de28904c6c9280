import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { operations } from '../../src/app/operations.ts';
import { exampleProject } from '../support/troupe/example-project.ts';
import { connectTroupe } from '../support/troupe/troupe-client.ts';
import { runTroupe } from '../support/troupe/troupe-process.ts';

/** As the server of these tests waits: on a busy machine either door would else answer by words alone. */
const whenModelIsLoaded = { TROUPE_SEARCH_WAIT_FOR_MODEL_MS: '60000' };

/** The same request through both doors: what it is refused with. */
const refusals = [
  {
    what: 'an unknown job',
    tool: 'check_persona_job',
    input: { job_id: '01900000-0000-7000-8000-000000000000' },
    command: ['jobs', 'show', '01900000-0000-7000-8000-000000000000'],
    code: 'jobs.not_found',
    exitCode: 3,
  },
  {
    what: 'a limit that is none',
    tool: 'list_persona_jobs',
    input: { limit: 0 },
    command: ['jobs', 'list', '--limit', '0'],
    code: 'input.invalid',
    exitCode: 2,
  },
  {
    what: 'a status that is none',
    tool: 'list_persona_jobs',
    input: { status: 'sleeping' },
    command: ['jobs', 'list', '--status', 'sleeping'],
    code: 'input.invalid',
    exitCode: 2,
  },
  {
    what: 'a reset without confirmation',
    tool: 'reset_persona_jobs',
    input: {},
    command: ['jobs', 'reset'],
    code: 'jobs.confirmation_required',
    exitCode: 2,
  },
  {
    what: 'an empty task',
    tool: 'invoke_security',
    input: { task: '  ' },
    command: ['ask', '@security   '],
    code: 'jobs.empty_task',
    exitCode: 2,
  },
  {
    what: 'a search without a question',
    tool: 'search_standards',
    input: { query: '' },
    command: ['standards', 'search', ''],
    code: 'input.invalid',
    exitCode: 2,
  },
  {
    what: 'a search for nothing but signs',
    tool: 'search_standards',
    input: { query: ' ??? ' },
    command: ['standards', 'search', ' ??? '],
    code: 'input.invalid',
    exitCode: 2,
  },
  {
    what: 'an unknown persona',
    tool: 'invoke_securty',
    input: { task: 'review src' },
    command: ['ask', '@securty review src'],
    code: 'personas.unknown',
    exitCode: 3,
  },
  {
    what: 'the jobs of an unknown persona',
    tool: 'list_persona_jobs',
    input: { persona: 'securty' },
    command: ['jobs', 'list', '--persona', 'securty'],
    code: 'personas.unknown',
    exitCode: 3,
  },
  {
    what: 'a bad priority',
    tool: 'invoke_security',
    input: { task: 'review src', priority: 'urgent' },
    command: ['ask', '@security review src', '--priority', 'urgent'],
    code: 'input.invalid',
    exitCode: 2,
  },
  {
    what: 'a path outside the project',
    tool: 'invoke_security',
    input: { task: 'review /etc/hosts' },
    command: ['ask', '@security review /etc/hosts'],
    code: 'files.outside_project',
    exitCode: 5,
  },
] as const;

describe('both doors', () => {
  it('refuse the same request with the same code', async (t) => {
    const project = await exampleProject(t);
    const client = await connectTroupe(t, project);
    for (const { what, tool, input, command, code, exitCode } of refusals) {
      assert.equal(await client.refused(tool, input), code, `MCP, ${what}`);
      const { stdout, code: exit } = await runTroupe(t, project, [...command, '--json']);
      assert.equal((JSON.parse(stdout) as { error: { code: string } }).error.code, code, `CLI, ${what}`);
      assert.equal(exit, exitCode, `exit code, ${what}`);
    }
  });

  it('answer the same question with the same data', async (t) => {
    const project = await exampleProject(t);
    const client = await connectTroupe(t, project);
    const jobId = await client.invoke('security', { task: 'review src/auth.ts' });
    await client.ended(jobId);
    const pairs = [
      ['check_persona_job', { job_id: jobId }, ['jobs', 'show', jobId]],
      ['list_persona_jobs', {}, ['jobs', 'list']],
      ['search_standards', { query: 'errors' }, ['standards', 'search', 'errors']],
    ] as const;
    for (const [tool, input, command] of pairs) {
      const answered = await client.call(tool, input);
      const { stdout } = await runTroupe(t, project, [...command, '--json'], whenModelIsLoaded);
      assert.deepEqual(JSON.parse(stdout), answered, tool);
    }
  });

  it('offer nothing that only a person may do to a model', () => {
    const forModels = operations.filter((operation) => operation.doors.mcp !== undefined);
    assert.ok(forModels.length > 0);
    assert.ok(!forModels.some(({ name }) => name === 'personas.trust'));
  });
});
