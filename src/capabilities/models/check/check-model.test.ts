import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startModelServer, type ProtocolName } from '../../../../test/support/model-servers/index.ts';
import { resolveModelChain } from '../chain/resolve-chain.ts';
import { checkModel } from './check-model.ts';

const linkIn = (env: Record<string, string>) => resolveModelChain({ settings: {}, env }).links[0]!;

describe('checkModel', () => {
  for (const protocol of ['anthropic', 'openai', 'google', 'openai-compatible', 'ollama'] as ProtocolName[]) {
    it(`[X2] finds a model of ${protocol} without paying for a turn, and says which one is not there`, async (t) => {
      const server = await startModelServer(t, protocol, [], { models: ['good'], model: 'good' });
      assert.deepEqual(await checkModel(linkIn(server.env), { env: server.env }), { ok: true });
      const check = await checkModel({ ...linkIn(server.env), model: 'missing' }, { env: server.env });
      assert.ok(!check.ok);
      assert.equal(check.problem.code, 'models.unknown_model');
      assert.match(check.problem.message, /"missing"/);
      assert.equal(server.paid().turns, 0);
    });
  }

  it('asks Azure, which lists no deployments, for a few tokens', async (t) => {
    const server = await startModelServer(t, 'azure', [
      { expects: /"max_output_tokens":16/, reply: { text: 'ok' } },
    ]);
    assert.deepEqual(await checkModel(linkIn(server.env), { env: server.env }), { ok: true });
  });

  it('names the variable of a key that is refused, and not the key', async (t) => {
    const server = await startModelServer(t, 'anthropic', []);
    const env = { ...server.env, ANTHROPIC_API_KEY: 'wrong-key-1234567890' };
    const check = await checkModel(linkIn(env), { env });
    assert.ok(!check.ok);
    assert.equal(check.problem.code, 'models.key_refused');
    assert.match(check.problem.line, /ANTHROPIC_API_KEY/);
    assert.doesNotMatch(JSON.stringify(check.problem.toWire()), /wrong-key/);
  });

  it('says that nothing answers at the address', async (t) => {
    const server = await startModelServer(t, 'ollama', []);
    await server.leave();
    const check = await checkModel(linkIn(server.env), { env: server.env });
    assert.ok(!check.ok);
    assert.equal(check.problem.code, 'models.unreachable');
    assert.match(check.problem.message, /127\.0\.0\.1:\d+ \(ECONNREFUSED\)/);
  });
});
