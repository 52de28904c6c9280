import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PeerFiles } from './build-peers.ts';
import { median, type BenchRow } from '../row.ts';

const idleMs = 1_500;

const request = (id: number, method: string, params = {}) =>
  `${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`;
const opening =
  request(1, 'initialize', {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'bench', version: '1' },
  }) +
  `${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' })}\n` +
  request(2, 'tools/list');

/**
 * A server from its start to the answer to `tools/list`, and what it holds in memory when it is idle after that. Ours keeps what
 * Node compiled at an earlier start, as it does for people; the first start of all has nothing of the kind.
 */
export async function benchColdStart(
  troupe: readonly string[],
  peers: PeerFiles,
  files: { cwd: string; definitions: string },
  starts: number,
): Promise<BenchRow[]> {
  const servers = {
    ours: troupe,
    registered: [peers.definitions, files.definitions],
    listing: [peers.listing, files.definitions],
  };
  const times = { ours: [] as number[], registered: [] as number[], listing: [] as number[] };
  const first: number[] = [];
  for (let start = 0; start < starts; start++) {
    for (const [name, args] of Object.entries(servers) as [keyof typeof servers, readonly string[]][]) {
      const { child, ms } = await startServer(args, files.cwd);
      times[name].push(ms);
      await end(child);
    }
    const { child, ms } = await startServer(troupe, files.cwd, { NODE_DISABLE_COMPILE_CACHE: '1' });
    first.push(ms);
    await end(child);
  }
  const memory = { ours: 0, registered: 0, listing: 0 };
  for (const [name, args] of Object.entries(servers) as [keyof typeof servers, readonly string[]][]) {
    const { child } = await startServer(args, files.cwd);
    await sleep(idleMs);
    memory[name] = await residentMb(child);
    await end(child);
  }
  const started = { what: 'troupe mcp: start to tools/list, p50', unit: 'ms', ours: median(times.ours) };
  const firstStarted = {
    what: 'troupe mcp: first start after an installation, p50',
    unit: 'ms',
    ours: median(first),
  };
  const held = { what: 'troupe mcp: resident memory, idle', unit: 'MB', ours: memory.ours };
  const registered = { peerName: 'bare SDK server, same definitions' };
  const listing = { peerName: 'SDK answering one listing and no calls', limit: undefined };
  return [
    { ...started, ...registered, peer: median(times.registered), limit: { atMost: 1.3 } },
    { ...firstStarted, ...registered, peer: median(times.registered), limit: { atMost: 1.3 } },
    { ...started, ...listing, peer: median(times.listing) },
    { ...held, ...registered, peer: memory.registered, limit: { atMost: 1.4 } },
    { ...held, ...listing, peer: memory.listing },
  ];
}

/** The tools a server offers, as it sends them. */
export async function definitionsOf(args: readonly string[], cwd: string): Promise<unknown[]> {
  const { child, answer } = await startServer(args, cwd);
  await end(child);
  return (JSON.parse(answer) as { result: { tools: unknown[] } }).result.tools;
}

async function startServer(args: readonly string[], cwd: string, env: Record<string, string> = {}) {
  const from = performance.now();
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.write(opening);
  let output = '';
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    output += String(chunk);
    const answer = output
      .split('\n')
      .find((line, index, lines) => index < lines.length - 1 && isListing(line));
    if (answer !== undefined) return { child, ms: performance.now() - from, answer };
  }
  throw new Error(`${args.join(' ')} ended before it answered.`);
}

function isListing(line: string): boolean {
  return (JSON.parse(line) as { id?: number }).id === 2;
}

async function end(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.stdin!.end();
  await exited;
}

async function residentMb(child: ChildProcess): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(child.pid)]);
  return Number(stdout.trim()) / 1024;
}
