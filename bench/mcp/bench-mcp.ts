import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeBenchProject } from './bench-project.ts';
import { buildPeers } from './build-peers.ts';
import { benchColdStart, definitionsOf } from './cold-start.ts';
import { benchRoundTrip } from './round-trip.ts';
import type { Bench } from '../row.ts';

/** The built command; `npm run build` makes it. */
const entry = resolve(import.meta.dirname, '../../dist/troupe.js');

/** All measurements of the MCP server, each beside a bare SDK server built the same way. */
export const mcpServer: Bench = async ({ short }) => {
  const troupe = [entry, 'mcp'];
  const peers = await buildPeers();
  const project = await makeBenchProject();
  try {
    const definitions = join(project.root, 'definitions.json');
    await writeFile(definitions, JSON.stringify(await definitionsOf(troupe, project.root)));
    return [
      ...(await benchRoundTrip(troupe, peers.echo, project, short ? 3 : 30)),
      ...(await benchColdStart(troupe, peers, { cwd: project.root, definitions }, short ? 3 : 15)),
    ];
  } finally {
    await project.remove();
  }
};
