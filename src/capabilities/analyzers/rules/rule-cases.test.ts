import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { familyNames, trades } from '../evidence.ts';
import { checkCases, firesOn } from './check-cases.ts';
import { compileRule } from './compile-rule.ts';
import { loadPack } from './load-packs.ts';
import { openParser } from './parser.ts';

const parser = await openParser();

/** What a draft shows as the example to copy. */
describe('the model of a rule', () => {
  for (const family of familyNames) {
    it(`breaks no other rule that ships: ${family}`, async () => {
      const packs = await Promise.all(trades.map((trade) => loadPack(trade, family)));
      const all = packs.flat().map((text) => compileRule(text, parser));
      const broken = all.flatMap((rule) => {
        const { model, clean } = rule.text.cases;
        const others = all.filter(({ tests }) => (tests === 'only') === (rule.tests === 'only'));
        return firesOn(model ?? clean[0]!, rule, others, parser).map((id) => `${rule.text.id} breaks ${id}`);
      });
      assert.deepEqual(broken, []);
    });
  }
});

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
