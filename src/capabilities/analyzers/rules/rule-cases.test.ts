import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { familyNames, trades } from '../evidence.ts';
import { checkCases } from './check-cases.ts';
import { compileRule } from './compile-rule.ts';
import { loadPack } from './load-packs.ts';
import { openParser } from './parser.ts';

const parser = await openParser();

for (const trade of trades) {
  for (const family of familyNames) {
    const rules = await loadPack(trade, family);
    describe(`rules of ${trade} in ${family}`, { skip: rules.length === 0 }, () => {
      for (const rule of rules) {
        it(`${rule.id} fires on its true cases and stays silent on its clean ones`, () => {
          assert.deepEqual(checkCases(compileRule(rule, parser), parser), []);
        });
      }
    });
  }
}
