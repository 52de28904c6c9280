import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadTokenCounter } from '../../src/platform/tokens/index.ts';
import { connectTroupe } from '../support/troupe/troupe-client.ts';
import { exampleProject } from '../support/troupe/example-project.ts';

interface Definition {
  name: string;
}

const counter = await loadTokenCounter();

/** Tokens of all definitions and the instructions, and each tool with its own, the dearest first. */
function costOf(tools: readonly Definition[], instructions: string) {
  const tokens = counter.count(JSON.stringify({ tools })) + counter.count(instructions);
  const each = tools.map((tool) => ({ name: tool.name, tokens: counter.count(JSON.stringify(tool)) }));
  return { tokens, dearest: each.sort((a, b) => b.tokens - a.tokens) };
}

function assertAffordable(tools: readonly Definition[], instructions: string, limit: number): void {
  const { tokens, dearest } = costOf(tools, instructions);
  if (tokens <= limit) return;
  const shown = dearest.slice(0, 8).map((tool) => `  ${tool.tokens}  ${tool.name}`);
  assert.fail(
    [
      `All tools and the instructions cost ${tokens} tokens; the limit is ${limit}. The dearest:`,
      ...shown,
      `  ${counter.count(instructions)}  (instructions)`,
      'Shorten summaries of operations and descriptions of fields in their contracts (those of invoke_… count once for',
      'each persona), or leave out the door `mcp` of an operation that agents can do without; the command line has it',
      'all the same.',
    ].join('\n'),
  );
}

describe('what all tools and the instructions cost a conversation', () => {
  for (const [profile, limit] of [
    ['full', 6_000],
    ['compact', 1_500],
  ] as const) {
    it(`is at most ${limit} tokens in the ${profile} profile`, async (t) => {
      const env = { TROUPE_MCP_PROFILE: profile };
      const { client } = await connectTroupe(t, await exampleProject(t), { env });
      const { tools } = await client.listTools();
      const instructions = client.getInstructions()!;
      t.diagnostic(`${costOf(tools, instructions).tokens} tokens, ${tools.length} tools`);
      assertAffordable(tools, instructions, limit);
    });
  }

  it('is told with the dearest tools and what to do when it is too much', () => {
    const tools = [{ name: 'cheap' }, { name: 'dear', description: 'Reviews code. '.repeat(50) }];
    assert.throws(
      () => assertAffordable(tools, 'Ask.', 100),
      /cost \d+ tokens; the limit is 100\. The dearest:\n {2}\d+ {2}dear\n {2}\d+ {2}cheap\n[^]*Shorten[^]*door `mcp`/,
    );
  });
});
