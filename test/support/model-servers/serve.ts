/**
 * A scripted model server as a process of its own, for tests that kill the processes that call it.
 *
 *   npx node test/support/model-servers/serve.ts --protocol anthropic --script file.json [--port 0] [--model name]
 *
 * The script is a JSON list of replies; the n-th turn of a conversation gets the n-th reply, and later turns the last one.
 * Prints one JSON line `{ready, base_url, env}` when it listens; on SIGTERM, or when standard input ends, one for each call:
 * `{call, model, assistant_turns, status, completed, body_hash}`, and then `{paid}`. Calls with the same hash were paid twice.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openModelServer, protocols, type ProtocolName } from './model-server.ts';
import type { ScriptedReply } from './script.ts';

const { values } = parseArgs({
  options: {
    protocol: { type: 'string' },
    script: { type: 'string' },
    port: { type: 'string', default: '0' },
    model: { type: 'string', default: 'test-model' },
  },
});
const name = values.protocol as ProtocolName;
if (protocols[name] === undefined || values.script === undefined) {
  process.stderr.write(`usage: serve.ts --protocol ${Object.keys(protocols).join('|')} --script FILE\n`);
  process.exit(2);
}
const replies = JSON.parse(await readFile(values.script, 'utf8')) as ScriptedReply[];
const print = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

const server = await openModelServer(
  name,
  (request) => replies[Math.min(request.assistantTurns, replies.length - 1)]!,
  { port: Number(values.port), model: values.model },
);
print({ ready: true, base_url: server.baseUrl, env: server.env });

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  for (const request of server.requests) {
    print({
      call: request.index,
      model: request.model,
      assistant_turns: request.assistantTurns,
      status: request.status,
      completed: request.completed,
      body_hash: createHash('sha256').update(request.body).digest('hex'),
    });
  }
  print({ paid: server.paid() });
  await server.close();
  process.exit(0);
}
process.once('SIGTERM', () => void stop());
process.stdin.once('end', () => void stop()).resume();
