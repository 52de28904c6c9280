import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { listRules, trades } from '../../analyzers/index.ts';
import { openFileTrustStore, openPersonaRegistry } from '../../personas/index.ts';
import { builtInFolder } from '../../personas/testing.ts';
import { personasWithRules } from './personas-with-rules.ts';

const trust = openFileTrustStore({ path: join(builtInFolder, 'no-such-file.json') });
const personas = await openPersonaRegistry({ builtInFolder, trust }).list();

describe('personas with rules', () => {
  it('[X1] are named whole where the offline reviewer says what works without a model', () => {
    const withChecks = personas.filter(({ checks }) => checks.length > 0).map(({ name }) => name);
    assert.deepEqual(personasWithRules.toSorted(), withChecks.toSorted());
  });

  it('[X1] apply packs and single rules that exist', async () => {
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
});
