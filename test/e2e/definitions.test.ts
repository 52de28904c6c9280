import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadTokenCounter } from '../../src/platform/tokens/index.ts';
import { connectTroupe } from '../support/troupe/troupe-client.ts';
import { exampleProject } from '../support/troupe/example-project.ts';

describe('what all tools and the instructions cost a conversation', () => {
  for (const [profile, limit] of [
    ['full', 6_000],
    ['compact', 1_500],
  ] as const) {
    it(`is at most ${limit} tokens in the ${profile} profile`, async (t) => {
      const env = { TROUPE_MCP_PROFILE: profile };
      const { client } = await connectTroupe(t, await exampleProject(t), { env });
      const { tools } = await client.listTools();
      const counter = await loadTokenCounter();
      const tokens = counter.count(JSON.stringify({ tools })) + counter.count(client.getInstructions()!);
      t.diagnostic(`${tokens} tokens, ${tools.length} tools`);
      assert.ok(tokens <= limit, `${tokens} tokens`);
    });
  }
});
