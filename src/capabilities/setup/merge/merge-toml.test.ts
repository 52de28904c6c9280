import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parse } from 'smol-toml';
import { isAppError } from '../../../kernel/index.ts';
import { mergeToml } from './merge-toml.ts';

const server = {
  shownPath: '~/.codex/config.toml',
  serversKey: 'mcp_servers',
  name: 'troupe',
  fields: { command: 'C:\\node "24"\\node.exe', args: ['/opt/troupe.js', 'mcp'] },
  initialFields: { env_vars: ['SOME_KEY'] },
};
const whole = { ...server.fields, ...server.initialFields };
const meaning = (text: string) => structuredClone(parse(text));
const serversIn = (text: string) => meaning(text)['mcp_servers'];

describe('mergeToml', () => {
  it('makes a new file and appends to one without line end, so that it parses back', async () => {
    assert.deepEqual(serversIn(await mergeToml(undefined, server)), { troupe: whole });
    const merged = await mergeToml('# mine\nmodel = "x"', server);
    assert.ok(merged.startsWith('# mine\nmodel = "x"\n\n[mcp_servers.troupe]\n'));
    assert.deepEqual(serversIn(merged), { troupe: whole });
  });

  it('changes only its own fields of its own table, comments and other tables kept', async () => {
    const text = [
      '[mcp_servers.other] # theirs',
      'command = "foo"',
      '[mcp_servers.troupe] # set up in spring',
      'command = "old"',
      '# slow disk',
      'startup_timeout_sec = 30',
      'args = [',
      '  "old",',
      ']',
      'env_vars = ["MINE"]',
      '',
      '[mcp_servers.troupe.env]',
      'A = "1"',
      '[tui]',
      'theme = "dark"',
      '',
    ].join('\n');
    const merged = await mergeToml(text, server);
    assert.deepEqual(meaning(merged), {
      mcp_servers: {
        other: { command: 'foo' },
        troupe: { ...server.fields, startup_timeout_sec: 30, env_vars: ['MINE'], env: { A: '1' } },
      },
      tui: { theme: 'dark' },
    });
    assert.match(merged, /# theirs[\s\S]*# set up in spring[\s\S]*# slow disk/);
    assert.equal(await mergeToml(merged, server), merged);
  });

  it('keeps Windows line ends', async () => {
    const merged = await mergeToml('model = "x"\r\n', server);
    assert.doesNotMatch(merged.replaceAll('\r\n', ''), /\n/);
  });

  it('refuses what is no TOML, with the line', async () => {
    await assert.rejects(mergeToml('a = 1\nb = = 2\n', server), (error: unknown) => {
      assert.ok(isAppError(error, 'setup.config_unreadable'));
      assert.match(error.message, /config\.toml:2 /);
      return true;
    });
  });

  const other = { command: 'foo', env: { 'A B': '1' } };
  const old = { command: 'old', startup_timeout_sec: 30, env: { A: '1' } };
  const kept = { ...old, ...server.fields };
  /** Files that are not touched, with the place for what is shown marked by what it replaces, if anything. */
  const untouched: [text: string, replaces: string | undefined, says: RegExp, servers: object][] = [
    [
      'mcp_servers = { other = { command = "foo", env = { "A B" = "1" } } }\n',
      undefined,
      /Add this inside the braces of `mcp_servers = \{ … \}`/,
      { other, troupe: whole },
    ],
    [
      'mcp_servers = { troupe = { command = "old", startup_timeout_sec = 30, env = { A = "1" } } }\n',
      'troupe = { command = "old", startup_timeout_sec = 30, env = { A = "1" } }',
      /in place of `troupe = …` in the braces of mcp_servers/,
      { troupe: kept },
    ],
    [
      '[mcp_servers]\ntroupe = { command = "old", startup_timeout_sec = 30, env = { A = "1" } }\n',
      'troupe = { command = "old", startup_timeout_sec = 30, env = { A = "1" } }',
      /in place of what it says of mcp_servers\.troupe/,
      { troupe: kept },
    ],
    [
      'mcp_servers.troupe.command = "old"\n',
      'mcp_servers.troupe.command = "old"',
      /in place of what it says of mcp_servers\.troupe/,
      { troupe: server.fields },
    ],
  ];
  for (const [text, replaces, says, servers] of untouched) {
    it(`does not touch servers written as ${JSON.stringify(text)}; what it shows to be added is right`, async () => {
      const shown = await mergeToml(text, server).catch((error: unknown) => {
        assert.ok(isAppError(error, 'setup.config_not_mergeable'));
        assert.match(error.remedy, says);
        return error.remedy.slice(error.remedy.indexOf('\n') + 1);
      });
      const followed =
        replaces === undefined ? text.replace(/ \}$/m, `, ${shown} }`) : text.replace(replaces, () => shown);
      assert.deepEqual(serversIn(followed), servers);
    });
  }
});
