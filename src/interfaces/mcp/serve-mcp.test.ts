import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { CallToolResult, Client, JSONRPCMessage, Progress } from '@modelcontextprotocol/client';
import { longReview } from '../../../test/support/mcp/desk.ts';
import { connectDesk, revisions, writePersona } from '../../../test/support/mcp/desk-process.ts';

async function call(
  client: Client,
  name: string,
  args: Record<string, unknown> = {},
): Promise<CallToolResult> {
  return await client.callTool({ name, arguments: args });
}

/** The text a client without structured content shows its model. */
function textOf(result: CallToolResult): string {
  return result.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
}

/** The structured content, which the client has checked against the tool's output schema. */
function dataOf(result: CallToolResult): Record<string, unknown> {
  return result.structuredContent as Record<string, unknown>;
}

/** Every message from now on, in the order in which it arrives. */
function messagesFrom({ transport }: Client): JSONRPCMessage[] {
  const arrived: JSONRPCMessage[] = [];
  const handOn = transport!.onmessage!;
  transport!.onmessage = (message, extra) => {
    arrived.push(message);
    handOn(message, extra);
  };
  return arrived;
}

for (const revision of revisions) {
  describe(`the MCP door for a client of ${revision}`, () => {
    it('[A1] offers a tool for each persona beside those for jobs and standards', async (t) => {
      const { client } = await connectDesk(t, { revision });
      assert.equal(client.getNegotiatedProtocolVersion(), revision);
      const { tools } = await client.listTools();
      assert.deepEqual(
        tools.map(({ name }) => name),
        [
          ...['invoke_architect', 'invoke_security', 'invoke_dba', 'check_persona_job', 'list_persona_jobs'],
          ...['cancel_persona_job', 'retry_persona_job', 'persona_database_stats', 'reset_persona_jobs'],
          'search_standards',
        ],
      );
      const security = tools.find(({ name }) => name === 'invoke_security')!;
      assert.match(security.description!, /Looks after security matters/);
      assert.deepEqual(Object.keys(security.inputSchema.properties!), ['task', 'context', 'priority']);
      assert.deepEqual(security.inputSchema.required, ['task']);
    });

    it('[A1] starts the persona that the tool is named after, and answers as documented', async (t) => {
      const { client, log } = await connectDesk(t, { revision });
      await client.listTools();
      const result = await call(client, 'invoke_security', { task: 'review src', persona: 'architect' });
      await log.next(/^invoked security "review src" normal by desk tests$/);
      assert.deepEqual(result.structuredContent, JSON.parse(textOf(result)));
      assert.deepEqual(Object.keys(dataOf(result)), [
        ...['status', 'job_id', 'persona', 'estimated_duration_seconds', 'poll_command', 'message'],
      ]);
    });

    it('[A3] answers a complete job in both forms, the review readable in the text', async (t) => {
      const { client } = await connectDesk(t, { revision });
      await client.listTools();
      const result = await call(client, 'check_persona_job', { job_id: 'job-complete' });
      const { result: review, status, tool_calls_made: calls } = dataOf(result);
      assert.deepEqual([review, status, calls], [longReview, 'complete', 12]);
      const [head, ...rest] = textOf(result).split('\n');
      assert.equal((JSON.parse(head!) as { status: string }).status, 'complete');
      assert.equal(rest.join('\n'), `\nresult:\n${longReview}`);
    });

    it('[A3] answers a failed and an unknown job with code and remedy', async (t) => {
      const { client } = await connectDesk(t, { revision });
      await client.listTools();
      const failed = await call(client, 'check_persona_job', { job_id: 'job-failed' });
      assert.equal(failed.isError, undefined);
      assert.match(textOf(failed), /models\.timed_out.*\n\npartial_result:\nTwo findings so far/s);
      const unknown = await call(client, 'check_persona_job', { job_id: 'job-unknown' });
      assert.equal(unknown.isError, true);
      assert.match(textOf(unknown), /^jobs\.not_found: There is no job "job-unknown".*list_persona_jobs/);
      const { error } = unknown.structuredContent as { error: { code: string; details: unknown } };
      assert.deepEqual([error.code, error.details], ['jobs.not_found', { jobId: 'job-unknown' }]);
    });

    it('[A3] reports progress that only grows while it waits, all of it before the result', async (t) => {
      const { client } = await connectDesk(t, { revision });
      const arrived = messagesFrom(client);
      const args = { job_id: 'job-running', wait_seconds: 30 };
      await client.callTool({ name: 'check_persona_job', arguments: args }, { onprogress: () => undefined });
      // What arrived, and not what the client handed on: it drops a progress whose result came in the same piece.
      const seen = arrived.flatMap((message) =>
        'method' in message && message.method === 'notifications/progress'
          ? [message.params as Progress]
          : [],
      );
      assert.ok('result' in arrived.at(-1)!, 'the result comes last');
      assert.deepEqual(
        seen.map(({ message }) => message),
        ['at 10', 'at 10', 'at 40', 'at 30', 'at 100'],
      );
      seen.reduce((last, { progress, total }) => {
        assert.ok(progress > last && total === 100, `${progress} after ${last}`);
        return progress;
      }, -1);
      assert.equal(seen.at(-1)!.progress, 100);
    });

    it('[A4] lists, cancels and resets jobs', async (t) => {
      const { client } = await connectDesk(t, { revision });
      await client.listTools();
      const list = await call(client, 'list_persona_jobs', { status: 'failed' });
      assert.deepEqual([dataOf(list)['total_count'], dataOf(list)['filtered_count']], [4, 1]);
      const cancelled = await call(client, 'cancel_persona_job', { job_id: 'job-running' });
      assert.equal(dataOf(cancelled)['partial_result'], 'One finding.');
      const refused = await call(client, 'reset_persona_jobs');
      assert.match(textOf(refused), /^jobs\.confirmation_required: .*confirm: true/);
      const reset = await call(client, 'reset_persona_jobs', { confirm: true });
      assert.equal(dataOf(reset)['jobs_deleted'], 2);
    });

    it('names the fields that are wrong', async (t) => {
      const { client } = await connectDesk(t, { revision });
      const result = await call(client, 'invoke_security', { priority: 'urgent' });
      assert.equal(result.isError, true);
      assert.match(
        textOf(result),
        /^input\.invalid: .*task is missing; priority must be one of low, normal, high/,
      );
    });

    it('stops waiting when the client gives up', async (t) => {
      const { client, log } = await connectDesk(t, { revision });
      const giveUp = new AbortController();
      const args = { job_id: 'job-pending', wait_seconds: 50 };
      const waiting = client.callTool(
        { name: 'check_persona_job', arguments: args },
        { signal: giveUp.signal },
      );
      await log.next(/^waiting$/);
      giveUp.abort(new Error('enough'));
      await assert.rejects(waiting);
      await log.next(/^call aborted$/);
    });

    it('[A1] offers a persona that was dropped into the folder, without a restart', async (t) => {
      const changes = { tools: new Signal<string[]>(), prompts: new Signal<string[]>() };
      const listChanged = {
        tools: {
          onChanged: (_: unknown, tools: { name: string }[] | null) => changes.tools.set(names(tools)),
        },
        prompts: {
          onChanged: (_: unknown, prompts: { name: string }[] | null) => changes.prompts.set(names(prompts)),
        },
      };
      const { client, folder } = await connectDesk(t, { revision, client: { listChanged } });
      await client.listTools();
      await writePersona(folder, 'release-manager', 'specialist');
      await changes.tools.until((tools) => tools.includes('invoke_release_manager'));
      await changes.prompts.until((prompts) => prompts.includes('release-manager'));
      await rm(join(folder, 'dba.md'));
      await changes.tools.until((tools) => !tools.includes('invoke_dba'));
      const gone = await call(client, 'invoke_dbaa', { task: 'look' });
      assert.match(textOf(gone), /^personas\.unknown: .*Did you mean dba\?/);
    });

    it('[A16] tells the client what @persona means, and offers a prompt for each persona', async (t) => {
      const { client } = await connectDesk(t, { revision });
      const instructions = client.getInstructions()!;
      assert.match(instructions, /@architect, @security, @dba/);
      assert.match(instructions, /invoke_architect/);
      assert.match(instructions, /check_persona_job and wait_seconds/);
      assert.match(instructions, /search_standards .* cite/);
      const { prompts } = await client.listPrompts();
      assert.deepEqual(names(prompts), ['architect', 'security', 'dba']);
      const prompt = await client.getPrompt({ name: 'security', arguments: { task: 'review src/auth' } });
      assert.match(JSON.stringify(prompt.messages), /@security review src\/auth.*invoke_security/);
      await assert.rejects(
        client.getPrompt({ name: 'nobody' }),
        /mcp\.unknown_prompt.*architect, security, dba/,
      );
      await assert.rejects(client.getPrompt({ name: 'security' }), /input\.invalid.*task/);
    });

    it('serves the results of complete jobs as resources, and lists them once the database is open', async (t) => {
      const { client } = await connectDesk(t, { revision });
      assert.deepEqual((await client.listResources()).resources, []);
      const uri = 'troupe://jobs/job-complete';
      const { contents } = await client.readResource({ uri });
      assert.deepEqual(contents, [{ uri, mimeType: 'text/markdown', text: longReview }]);
      const { resources } = await client.listResources();
      assert.deepEqual(
        resources.map((resource) => resource.uri),
        [uri],
      );
      const { resourceTemplates } = await client.listResourceTemplates();
      assert.deepEqual(
        resourceTemplates.map(({ uriTemplate }) => uriTemplate),
        ['troupe://jobs/{id}'],
      );
      await assert.rejects(client.readResource({ uri: 'troupe://jobs/job-running' }), /mcp\.no_result_yet/);
      await assert.rejects(client.readResource({ uri: 'troupe://jobs/nothing' }), /jobs\.not_found/);
      await assert.rejects(client.readResource({ uri: 'file:///etc/passwd' }), /mcp\.unknown_resource/);
      for (const uri of ['troupe://jobs/%zz', 'troupe://jobs/%ff/findings'])
        await assert.rejects(client.readResource({ uri }), /mcp\.unknown_resource/, uri);
    });
  });
}

describe('the MCP door', () => {
  it('opens nothing for a client that only looks, and at the first call opens once', async (t) => {
    const { client, log } = await connectDesk(t);
    await client.listTools();
    await client.listPrompts();
    await client.listResources();
    await client.listResourceTemplates();
    assert.deepEqual(log.lines, []);
    const calls = [1, 2, 3].map(() => call(client, 'check_persona_job', { job_id: 'job-running' }));
    await Promise.all(calls);
    await log.next(/^opening the desk$/);
    assert.equal(log.lines.length, 1);
  });

  it('tells of a failure to open, and tries again at the next call', async (t) => {
    const { client } = await connectDesk(t, { failures: 1 });
    const first = await call(client, 'check_persona_job', { job_id: 'job-running' });
    assert.match(textOf(first), /^internal\.unexpected: .*the desk is locked/);
    const second = await call(client, 'check_persona_job', { job_id: 'job-running' });
    assert.equal(second.isError, undefined);
  });

  it('reports what nobody foresaw on standard error too', async (t) => {
    const { client, log } = await connectDesk(t);
    const result = await call(client, 'persona_database_stats');
    assert.match(textOf(result), /^internal\.unexpected: /);
    await log.next(/^problem: .*the desk has no drawer/);
  });

  it('[A1] has one tool for all personas in the compact profile', async (t) => {
    const { client, log } = await connectDesk(t, { profile: 'compact' });
    const { tools } = await client.listTools();
    assert.deepEqual(names(tools), [
      'invoke_persona',
      'check_persona_job',
      'cancel_persona_job',
      'search_standards',
    ]);
    assert.match(client.getInstructions()!, /call invoke_persona with persona "architect"/);
    await call(client, 'invoke_persona', { persona: 'dba', task: 'look at the schema' });
    await log.next(/^invoked dba /);
  });

  it('[A25] leaves only the standards when the persona tools are switched off', async (t) => {
    const { client } = await connectDesk(t, { personaTools: false });
    assert.deepEqual(names((await client.listTools()).tools), ['search_standards']);
    assert.deepEqual((await client.listPrompts()).prompts, []);
    assert.deepEqual((await client.listResourceTemplates()).resourceTemplates, []);
    assert.doesNotMatch(client.getInstructions()!, /@|job/);
    await assert.rejects(
      call(client, 'invoke_security', { task: 'x' }),
      /mcp\.unknown_tool.*search_standards/,
    );
    assert.equal((await call(client, 'search_standards', { query: 'errors' })).isError, undefined);
  });

  it('serves a client that tries both eras, which starts the server twice', async (t) => {
    const { client } = await connectDesk(t, { client: { versionNegotiation: { mode: 'auto' } } });
    assert.equal((await client.listTools()).tools.length, 10);
  });
});

function names(list: readonly { name: string }[] | null): string[] {
  return (list ?? []).map(({ name }) => name);
}

/** A value that changes, and a way to wait until it is as wanted. */
class Signal<T> {
  #waiting: { wanted: (value: T) => boolean; done: () => void }[] = [];
  #latest: T | undefined;

  set(value: T): void {
    this.#latest = value;
    for (const { wanted, done } of this.#waiting) if (wanted(value)) done();
  }

  until(wanted: (value: T) => boolean): Promise<void> {
    if (this.#latest !== undefined && wanted(this.#latest)) return Promise.resolve();
    return new Promise((done) => this.#waiting.push({ wanted, done }));
  }
}
