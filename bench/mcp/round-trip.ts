import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import type { BenchProject } from './bench-project.ts';
import { median, type BenchRow } from '../row.ts';

const warmUpCalls = 300;
const callsInRound = 50;

/** `check_persona_job` of the built server beside a bare echo tool, over stdio with the official client. */
export async function benchRoundTrip(
  troupe: readonly string[],
  echoFile: string,
  project: BenchProject,
  rounds: number,
): Promise<BenchRow[]> {
  await using ours = await connect(troupe, project.root);
  await using echo = await connect([echoFile], project.root);
  const check = (jobId: string) => () => ours.call('check_persona_job', { job_id: jobId });
  const kinds = {
    running: check(project.runningJob),
    complete: check(project.completeJob),
    echo: () => echo.call('echo', { text: project.runningJob }),
  };
  const times = { running: [] as number[], complete: [] as number[], echo: [] as number[] };
  for (const call of Object.values(kinds)) await timed(call, warmUpCalls);
  for (let round = 0; round < rounds; round++) {
    times.running.push(...(await timed(kinds.running, callsInRound)));
    times.echo.push(...(await timed(kinds.echo, callsInRound)));
    times.complete.push(...(await timed(kinds.complete, callsInRound)));
  }
  const peer = { unit: 'ms', peer: median(times.echo), peerName: 'bare SDK echo tool' };
  return [
    {
      what: 'check_persona_job, running, p50',
      ours: median(times.running),
      limit: { atMost: 1.3 },
      ...peer,
    },
    {
      what: 'check_persona_job, complete, 7 KB, p50',
      ours: median(times.complete),
      limit: { atMost: 1.6 },
      ...peer,
    },
  ];
}

async function timed(call: () => Promise<void>, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index++) {
    const from = performance.now();
    await call();
    times.push(performance.now() - from);
  }
  return times;
}

async function connect(args: readonly string[], cwd: string) {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [...args],
    cwd,
    stderr: 'inherit',
  });
  const client = new Client(
    { name: 'bench', version: '1' },
    { versionNegotiation: { mode: { pin: '2026-07-28' } } },
  );
  await client.connect(transport);
  // As real clients do; from here on this one checks each answer against its tool's output schema.
  await client.listTools();
  return {
    async call(name: string, input: Record<string, unknown>) {
      const result = await client.callTool({ name, arguments: input });
      if (result.isError === true) throw new Error(JSON.stringify(result.content));
    },
    [Symbol.asyncDispose]: () => client.close(),
  };
}
