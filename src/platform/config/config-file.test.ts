import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { readConfigFile } from './config-file.ts';

test('a file in another encoding is refused with its line: its values would be other ones', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'troupe-config-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = path.join(folder, 'config.yaml');
  await writeFile(file, Buffer.from('models:\n  title: café\n', 'latin1'));
  assert.throws(() => readConfigFile(file, 'config.yaml'), {
    code: 'config.unreadable',
    message: /it is not UTF-8 \(line 2\)/,
  });
});
