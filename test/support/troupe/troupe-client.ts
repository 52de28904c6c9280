import assert from 'node:assert/strict';
import type { Readable } from 'node:stream';
import type { TestContext } from 'node:test';
import { Client, type CallToolResult, type ClientOptions } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterwards } from '../../../src/platform/files/testing.ts';
import { LineLog, type Revision } from '../mcp/desk-process.ts';
import { troupeCommand, type StartedIn } from './troupe-process.ts';

/** A state of a job as `check_persona_job` answers it. */
export interface JobAnswer {
  status: 'pending' | 'running' | 'complete' | 'failed' | 'cancelled';
  job_id: string;
  persona: string;
  result?: string;
  error?: { code: string; message: string; remedy: string };
  partial_result?: string | null;
  queue_position?: number;
  model?: string;
}

/** The official client connected to a `troupe mcp` of its own, with the calls an agent makes. */
export interface TroupeClient {
  client: Client;
  log: LineLog;
  /** Process id of the server. */
  pid: number;
  /** Calls a tool that must succeed; resolves to its structured content, which the client has checked. */
  call<Output = Record<string, unknown>>(tool: string, args?: Record<string, unknown>): Promise<Output>;
  /** Calls a tool that must refuse; resolves to the error's code. */
  refused(tool: string, args?: Record<string, unknown>): Promise<string>;
  /** Starts a job; resolves to its id. */
  invoke(persona: string, args: { task: string; context?: string; priority?: string }): Promise<string>;
  /** Waits by long polls until the job has ended. */
  ended(jobId: string): Promise<JobAnswer>;
}

/** Starts `troupe mcp` in the project and connects to it over stdio; both end with the test. */
export async function connectTroupe(
  t: TestContext,
  project: StartedIn,
  options: { revision?: Revision; env?: Record<string, string>; client?: ClientOptions } = {},
): Promise<TroupeClient> {
  const { revision = '2026-07-28', env = {}, client: more = {} } = options;
  const transport = new StdioClientTransport({
    ...troupeCommand(['mcp'], project),
    cwd: project.root,
    // On a busy machine the model may take longer to load than a search waits by default.
    env: { TROUPE_SEARCH_WAIT_FOR_MODEL_MS: '60000', ...project.env, ...env },
    stderr: 'pipe',
  });
  const log = new LineLog(transport.stderr as Readable);
  const negotiation: ClientOptions =
    revision === '2026-07-28'
      ? { versionNegotiation: { mode: { pin: revision } } }
      : { supportedProtocolVersions: [revision] };
  const client = new Client({ name: 'e2e tests', version: '1' }, { ...more, ...negotiation });
  afterwards(t, () => client.close());
  await client.connect(transport);
  const pid = transport.pid;
  assert.ok(pid !== null);

  async function ask(tool: string, args: Record<string, unknown>): Promise<CallToolResult> {
    return client.callTool({ name: tool, arguments: args });
  }
  const textOf = (result: CallToolResult) =>
    result.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
  const troupe: TroupeClient = {
    client,
    log,
    pid,
    async call<Output>(tool: string, args: Record<string, unknown> = {}) {
      const result = await ask(tool, args);
      assert.notEqual(result.isError, true, textOf(result));
      return result.structuredContent as Output;
    },
    async refused(tool, args = {}) {
      const result = await ask(tool, args);
      assert.equal(result.isError, true, textOf(result));
      const { error } = result.structuredContent as { error: { code: string; remedy: string } };
      assert.ok(error.remedy.length > 0);
      assert.ok(textOf(result).startsWith(`${error.code}: `));
      return error.code;
    },
    async invoke(persona, args) {
      const { job_id: jobId } = await troupe.call<{ job_id: string }>(`invoke_${persona}`, args);
      return jobId;
    },
    async ended(jobId) {
      for (;;) {
        const state = await troupe.call<JobAnswer>('check_persona_job', { job_id: jobId, wait_seconds: 30 });
        if (state.status !== 'pending' && state.status !== 'running') return state;
      }
    },
  };
  return troupe;
}
