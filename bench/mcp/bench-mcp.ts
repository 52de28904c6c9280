import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeBenchProject } from './bench-project.ts';
import { buildPeers } from './build-peers.ts';
import { benchColdStart, definitionsOf } from './cold-start.ts';
import type { Measurement } from './measurement.ts';
import { benchRoundTrip } from './round-trip.ts';

/**
 * All measurements of the MCP server, each beside a bare SDK server built the same way.
 * `entry` is the built command, such as `dist/troupe.js`.
 */
export async function benchMcp(entry: string): Promise<Measurement[]> {
  const troupe = [entry, 'mcp'];
  const peers = await buildPeers();
  const project = await makeBenchProject();
  try {
    const definitions = join(project.root, 'definitions.json');
    await writeFile(definitions, JSON.stringify(await definitionsOf(troupe, project.root)));
    return [
      ...(await benchRoundTrip(troupe, peers.echo, project)),
      ...(await benchColdStart(troupe, peers, { cwd: project.root, definitions })),
    ];
  } finally {
    await project.remove();
  }
}
