import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isAppError } from '../../../kernel/index.ts';
import { mergeJson } from './merge-json.ts';

const server = {
  shownPath: '.cursor/mcp.json',
  serversKey: 'mcpServers',
  name: 'troupe',
  fields: { command: '/opt/node', args: ['/opt/troupe.js', 'mcp'] },
};

describe('mergeJson', () => {
  it('makes a new file', async () => {
    assert.deepEqual(JSON.parse(await mergeJson(undefined, server)), {
      mcpServers: { troupe: server.fields },
    });
  });

  it('keeps comments, order, indentation and other servers', async () => {
    const text =
      '{\n    // mine\n    "mcpServers": {\n        "other": { "command": "x" }, // last\n    },\n    "z": 1\n}\n';
    const merged = await mergeJson(text, server);
    assert.match(merged, /\/\/ mine/);
    assert.match(merged, /^ {8}"other": \{ "command": "x" \}, \/\/ last$/m);
    assert.match(merged, /^ {8}"troupe": \{$/m);
    assert.ok(merged.indexOf('"mcpServers"') < merged.indexOf('"z"'));
  });

  it('leaves a comment with its brace, and fills an empty object', async () => {
    assert.equal(
      await mergeJson('{ // for the IDE\n  "mcpServers": {}\n}\n', { ...server, fields: { command: 'n' } }),
      '{ // for the IDE\n  "mcpServers": {\n    "troupe": {\n      "command": "n"\n    }\n  }\n}\n',
    );
    assert.equal(
      await mergeJson('{ // for the IDE\n  "a": 1\n}\n', { ...server, fields: { command: 'n' } }),
      '{ // for the IDE\n  "mcpServers": {\n    "troupe": {\n      "command": "n"\n    }\n  },\n  "a": 1\n}\n',
    );
  });

  it('keeps what a person set for the server, and a byte order mark and Windows line ends', async () => {
    const text =
      '\uFEFF{\r\n\t"mcpServers": {\r\n\t\t"troupe": { "command": "old", "env": { "A": "1" } }\r\n\t}\r\n}\r\n';
    const merged = await mergeJson(text, server);
    assert.ok(merged.startsWith('\uFEFF{\r\n'));
    const parsed = JSON.parse(merged.slice(1)) as { mcpServers: { troupe: unknown } };
    assert.deepEqual(parsed.mcpServers.troupe, {
      command: '/opt/node',
      env: { A: '1' },
      args: server.fields.args,
    });
  });

  for (const [text, line, what] of [
    ['{\n  "mcpServers": {\n    "a": \n  }\n}', 4, /value expected/],
    ['[]', 1, /not an object/],
    ['{"mcpServers": []}', undefined, /mcpServers is not an object/],
  ] as const) {
    it(`refuses ${JSON.stringify(text)} with the line`, async () => {
      await assert.rejects(mergeJson(text, server), (error: unknown) => {
        assert.ok(isAppError(error, 'setup.config_unreadable'));
        assert.match(error.message, what);
        assert.equal(error.details['line'], line);
        return true;
      });
    });
  }

  it('changes nothing but the server, whatever else is there, and nothing at all the second time', async () => {
    const key = fc.string({ minLength: 1 }).filter((name) => name !== '__proto__' && name !== 'troupe');
    const json = fc.dictionary(key, fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(json, json, fc.constantFrom(0, 2, 4, '\t'), async (rest, servers, indent) => {
        const before = { ...rest, mcpServers: servers };
        const merged = await mergeJson(JSON.stringify(before, null, indent), server);
        const wanted = { ...rest, mcpServers: { ...servers, troupe: server.fields } };
        assert.deepEqual(JSON.parse(merged), JSON.parse(JSON.stringify(wanted)));
        assert.equal(await mergeJson(merged, server), merged);
      }),
      { numRuns: 60 },
    );
  });
});
