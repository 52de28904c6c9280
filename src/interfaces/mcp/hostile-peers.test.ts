import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { connectDesk, personaFolder } from '../../../test/support/mcp/desk-process.ts';
import { initialize, startRawPeer, toolCall } from '../../../test/support/mcp/raw-peer.ts';

const ping = (id: number) => ({ jsonrpc: '2.0', id, method: 'ping' });

describe('the MCP door and peers that misbehave', () => {
  it('goes on after lines that are no message, and reports those that look like one', async (t) => {
    const peer = await startRawPeer(t);
    peer.send('hello?');
    peer.send('{"jsonrpc":"2.0","id":');
    peer.send('');
    peer.send('{"neither":"request","nor":"answer"}');
    peer.send(initialize);
    assert.equal((await peer.answer(0)).result?.['protocolVersion'], '2025-06-18');
    await peer.log.next(/^problem: /);
  });

  it('writes nothing but messages to standard output, whatever a library prints', async (t) => {
    const peer = await startRawPeer(t);
    peer.send(initialize);
    peer.send(toolCall(1, 'search_standards', { query: 'errors' }));
    assert.equal((await peer.answer(1)).result?.['isError'], undefined);
    await peer.log.next(/stray line from a library/);
    await peer.log.next(/another one/);
    for (const line of peer.output.lines)
      assert.equal((JSON.parse(line) as { jsonrpc: string }).jsonrpc, '2.0');
  });

  it('answers a call before the handshake, and lives on', async (t) => {
    const peer = await startRawPeer(t);
    peer.send(toolCall(1, 'check_persona_job', { job_id: 'job-running' }));
    const early = await peer.answer(1);
    assert.ok(early.result !== undefined || early.error !== undefined);
    peer.send(ping(2));
    assert.deepEqual((await peer.answer(2)).result, {});
  });

  it('names the known tools for an unknown one', async (t) => {
    const peer = await startRawPeer(t, { profile: 'compact' });
    peer.send(initialize);
    peer.send(toolCall(1, 'rm', { path: '/' }));
    const { error } = await peer.answer(1);
    assert.equal(error?.code, -32602);
    assert.match(
      error.message,
      /mcp\.unknown_tool: There is no tool "rm"\. Use one of: invoke_persona, check_persona_job/,
    );
    assert.equal((error.data as { code: string }).code, 'mcp.unknown_tool');
  });

  it('refuses an argument that is too large with its limit, and takes the next call', async (t) => {
    const peer = await startRawPeer(t);
    peer.send(initialize);
    peer.send(toolCall(1, 'invoke_security', { task: 'x'.repeat(5_000_000) }));
    const { result } = await peer.answer(1);
    assert.equal(result?.['isError'], true);
    assert.match(JSON.stringify(result), /input\.invalid.*task.*20000/);
    peer.send(ping(2));
    assert.deepEqual((await peer.answer(2)).result, {});
  });

  it('refuses a message of more than 10 MiB by its id, whichever side it stands on, and answers the others', async (t) => {
    const peer = await startRawPeer(t);
    peer.send(initialize);
    await peer.answer(0);
    const { id, ...call } = toolCall(7, 'create_project_standard', { content: 'x'.repeat(11 * 1024 * 1024) });
    peer.send({ id, ...call });
    peer.send(ping(2));
    // As the official client writes it.
    peer.send({ method: call.method, params: call.params, jsonrpc: '2.0', id: 8 });
    peer.send(ping(3));
    for (const refused of [7, 8]) {
      const { error } = await peer.answer(refused);
      assert.equal(error?.code, -32600);
      assert.match(
        error.message,
        /^mcp\.message_too_large: The message has 11534\d{3} bytes; .* 10485760\. Send less/,
      );
      assert.equal((error.data as { code: string }).code, 'mcp.message_too_large');
    }
    for (const other of [2, 3]) assert.deepEqual((await peer.answer(other)).result, {});
  });

  it('logs a message of more than 10 MiB that nobody can be answered for, and takes one of just 10 MiB', async (t) => {
    const peer = await startRawPeer(t);
    peer.send(initialize);
    peer.send({
      jsonrpc: '2.0',
      method: 'notifications/message',
      params: { data: 'x'.repeat(11 * 1024 * 1024) },
    });
    await peer.log.next(/problem: The message has \d+ bytes/);
    peer.send({ jsonrpc: '2.0', id: 4, result: { content: 'x'.repeat(11 * 1024 * 1024) } });
    const given = toolCall(1, 'invoke_security', { task: '' });
    given.params.arguments['task'] = 'x'.repeat(10 * 1024 * 1024 - JSON.stringify(given).length);
    peer.send(given);
    assert.match(JSON.stringify((await peer.answer(1)).result), /input\.invalid/);
    // Both streams are read apart: what was logged before the answer may arrive after it, but not after the last line.
    peer.endInput();
    await peer.log.next(/^door closed$/);
    const oversized = peer.log.lines.filter((line) => line.includes('The message has'));
    assert.equal(oversized.length, 2);
    assert.ok(!peer.output.lines.some((line) => line.includes('"id":4')));
  });

  it('ends when the client closes its input, before any message too', async (t) => {
    const peer = await startRawPeer(t);
    peer.endInput();
    assert.equal(await peer.exited, 0);
    await peer.log.next(/^door closed$/);
    assert.deepEqual(peer.output.lines, []);
  });

  it('aborts a waiting call when the client closes its input in the middle', async (t) => {
    const peer = await startRawPeer(t);
    peer.send(initialize);
    peer.send(toolCall(1, 'check_persona_job', { job_id: 'job-pending', wait_seconds: 50 }));
    await peer.log.next(/^waiting$/);
    peer.endInput();
    await peer.log.next(/^call aborted$/);
    assert.equal(await peer.exited, 0);
  });

  it('serves two clients at once from two processes on the same personas', async (t) => {
    const personas = await personaFolder(t);
    const [one, other] = await Promise.all([connectDesk(t, { personas }), connectDesk(t, { personas })]);
    const calls = [one, other].map(({ client }) =>
      client.callTool({ name: 'check_persona_job', arguments: { job_id: 'job-running' } }),
    );
    for (const result of await Promise.all(calls)) assert.equal(result.isError, undefined);
    await one.client.close();
    assert.equal((await other.client.listTools()).tools.length, 10);
  });
});
