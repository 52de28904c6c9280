import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { redactText } from '../../../platform/logging/index.ts';
import { bodyOf, knownForms } from './known-forms-fixture.ts';
import { openSecretlint } from './secretlint.ts';
import { tokenForms } from './token-forms.ts';

type Find = (text: string) => Promise<{ start: number; end: number }[]>;

/** A token that the scanner finds and the log would show. */
async function shownByLog(form: RegExp, find: Find): Promise<string | undefined> {
  for (const token of fc.sample(fc.stringMatching(form), 20)) {
    const text = `x: ${token}`;
    for (const { start, end } of await find(text)) {
      const found = text.slice(start, end);
      // Of an address the password is masked, of all else everything to the end.
      if (redactText(text).includes(found.includes('://') ? found : found.slice(-8))) return token;
    }
  }
  return undefined;
}

const byForm = (pattern: RegExp): Find => {
  return async (text) =>
    Array.from(text.matchAll(pattern)).map((match) => {
      const [start, end] = match.indices!.groups!['secret']!;
      return { start, end };
    });
};

describe('the log', () => {
  it('shows no token that the scanner knows by its own form', async () => {
    for (const { kind, pattern } of tokenForms)
      assert.equal(await shownByLog(bodyOf(pattern), byForm(pattern)), undefined, kind);
  });

  it('shows no token of a recommended rule of the scanner', async () => {
    const lint = await openSecretlint();
    for (const [rule, form] of Object.entries(knownForms))
      assert.equal(await shownByLog(form, (text) => lint(text, 'text.txt')), undefined, rule);
  });

  it('is told of when a form is new to it', async () => {
    const form = /(?<![\w-])(?<secret>newco~[a-z]{20})/dg;
    assert.match((await shownByLog(bodyOf(form), byForm(form)))!, /^newco~/);
  });
});
