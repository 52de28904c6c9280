import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { readTarget } from './read-target.ts';

test('a file that is to be extended is taken byte for byte, or refused', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'troupe-target-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = path.join(folder, 'mcp.json');
  await writeFile(file, '\uFEFF{ "name": "café" }\r\n');
  assert.equal((await readTarget(file, 'mcp.json', undefined)).text, '\uFEFF{ "name": "café" }\r\n');
  await writeFile(file, Buffer.from('{\n  "name": "café" }\n', 'latin1'));
  await assert.rejects(readTarget(file, 'mcp.json', undefined), {
    code: 'setup.config_unreadable',
    message: /it is not UTF-8 \(line 2\)/,
  });
});
