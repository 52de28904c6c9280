import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isAppError } from '../../../kernel/index.ts';
import { compileRule } from './compile-rule.ts';
import { familyNames, trades } from '../evidence.ts';
import { idsInPack, loadPack, parsePack } from './load-packs.ts';
import { openParser } from './parser.ts';

const rule = (changes: string) => `rules:
  - id: security/python/eval
    severity: high
    title: Code from a value
    why: Whoever controls the value runs code.
    remedy: Parse it as data instead.
    rule: { pattern: eval($X) }
    cases: { fires: ['eval(x)'], clean: ['f(x)'] }
${changes}`;
const parse = (text: string) => parsePack(text, 'security/python.yaml', 'security/python/');
const refused = (message: RegExp) => (error: unknown) => {
  assert.ok(isAppError(error, 'analyzers.bad_pack'));
  assert.match(error.message, message);
  return true;
};

describe('parsePack', () => {
  it('reads a rule with the line it begins at', () => {
    const [first] = parse(rule(''));
    assert.equal(first!.id, 'security/python/eval');
    assert.equal(first!.line, 2);
  });

  it('names file and line of a wrong value, an unknown key, a doubled or misplaced id, and broken YAML', () => {
    assert.throws(
      () => parse(rule('').replace('high', 'huge')),
      refused(/security\/python\.yaml:3: .*severity/),
    );
    assert.throws(() => parse(rule('    colour: red')), refused(/python\.yaml:2: .*colour/));
    const second = rule('').split('\n').slice(1).join('\n');
    assert.throws(() => parse(rule(second)), refused(/:9: security\/python\/eval appears twice/));
    assert.throws(
      () => parse(rule('').replace('/python/', '/go/')),
      refused(/:2: security\/go\/eval does not begin/),
    );
    assert.throws(() => parse('rules: [\n  a: {'), refused(/python\.yaml:\d+/));
  });

  it('refuses a rule that ast-grep or the regular expression compiler does not take', async () => {
    const parser = await openParser();
    const withKind = parse(rule('').replace('pattern: eval($X)', 'kind: no_such_kind'))[0]!;
    assert.throws(() => compileRule(withKind, parser), refused(/:2: security\/python\/eval: .*no_such_kind/));
    const withFilter = parse(rule("    where: [{ of: $X, text: '(' }]"))[0]!;
    assert.throws(() => compileRule(withFilter, parser), refused(/:2: security\/python\/eval: /));
  });
});

describe('loadPack', () => {
  it('gives some rules as it gives all, with the same lines, and knows all ids without parsing', async () => {
    for (const trade of trades) {
      for (const family of familyNames) {
        const all = await loadPack(trade, family);
        assert.deepEqual(
          await idsInPack(trade, family),
          all.map(({ id }) => id),
        );
        const every = all.filter((_, index) => index % 3 === 1);
        const some = await loadPack(trade, family, (id) => every.some((one) => one.id === id));
        assert.deepEqual(some, every);
      }
    }
  });
});
