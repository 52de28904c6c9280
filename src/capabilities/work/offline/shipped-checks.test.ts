import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { listRules, trades } from '../../analyzers/index.ts';
import { openFileTrustStore, openPersonaRegistry } from '../../personas/index.ts';
import { builtInFolder } from '../../personas/testing.ts';

it('[X1] shipped personas apply packs and single rules that exist', async () => {
  const trust = openFileTrustStore({ path: join(builtInFolder, 'no-such-file.json') });
  const personas = await openPersonaRegistry({ builtInFolder, trust }).list();
  const rules = await listRules();
  const families = new Set(rules.map(({ id }) => `${id.split('/')[0]}/${id.split('/')[2]}`));
  const named = personas.flatMap(({ checks }) => checks);
  assert.ok(named.length > 0);
  const known = (check: string) => trades.some((trade) => trade === check) || families.has(check);
  assert.deepEqual(
    named.filter((check) => !known(check)),
    [],
  );
});
