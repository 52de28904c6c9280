import assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { leadsInto } from './index.ts';
import { temporaryTree } from './testing.ts';

test('a place leads into a folder by its own name, and by where links of either lead', async (t) => {
  const base = await temporaryTree(t, { 'project/bin/tool': '', 'elsewhere/tool': '' });
  const at = (...names: string[]) => path.join(base, ...names);
  await symlink(at('project'), at('alias'), 'junction');
  await symlink(at('elsewhere'), at('project', 'out'), 'junction');

  for (const place of [at('project', 'bin'), at('alias', 'bin', 'tool'), at('project', 'out', 'tool')])
    assert.ok(leadsInto(at('project'), place), place);
  assert.ok(leadsInto(at('alias'), at('project', 'bin')));
  assert.ok(!leadsInto(at('project'), at('elsewhere', 'tool')));
  assert.ok(leadsInto(at('project'), at('project', 'not', 'there')));
  assert.ok(!leadsInto(at('project'), at('not', 'there')));
});
