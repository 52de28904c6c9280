import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isSatisfied, neededBy, wordsOf } from './needed-words.ts';

const runsOn = (rule: Record<string, unknown>, text: string) => isSatisfied(neededBy(rule), wordsOf(text));

describe('the words a rule needs', () => {
  it('are those of its pattern, without metavariables', () => {
    assert.equal(runsOn({ pattern: "$C.createHash('md5')" }, "crypto.createHash('md5')"), true);
    assert.equal(runsOn({ pattern: "$C.createHash('md5')" }, "crypto.createHash('sha256')"), false);
  });

  it('follow all, any, has and exact regular expressions', () => {
    const rule = {
      any: [{ pattern: 'eval($X)' }, { all: [{ kind: 'call' }, { has: { regex: '^(exec|run)$' } }] }],
    };
    assert.equal(runsOn(rule, 'eval(x)'), true);
    assert.equal(runsOn(rule, 'run(x)'), true);
    assert.equal(runsOn(rule, 'walk(x)'), false);
  });

  it('include those of the conditions on a metavariable, where a pattern binds it', () => {
    const given = { variables: { CLIENT: neededBy({ regex: '^(axios|got)$' }) } };
    const rule = { any: [{ pattern: '$CLIENT.get($URL)' }, { pattern: 'fetch($URL)' }] };
    const runs = (text: string) => isSatisfied(neededBy(rule, given), wordsOf(text));
    assert.deepEqual([runs('axios.get(u)'), runs('cache.get(u)'), runs('fetch(u)')], [true, false, true]);
  });

  it('are none where they cannot be read off', () => {
    assert.equal(runsOn({ kind: 'call' }, 'x'), true);
    assert.equal(runsOn({ not: { pattern: 'eval($X)' } }, 'x'), true);
    assert.equal(runsOn({ regex: '^(a|b*)$' }, 'x'), true);
  });

  it('are looked for by a regular expression without its anchors', () => {
    assert.equal(runsOn({ regex: '^ev.l$' }, 'x = eval(y)'), true);
    assert.equal(runsOn({ regex: '^ev.l$' }, 'x'), false);
  });
});
