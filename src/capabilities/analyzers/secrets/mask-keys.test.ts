import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { maskPrivateKeys } from './mask-keys.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().trim();
const lines = pem.split('\n');
const body = lines.slice(1, -1);

const forms: Record<string, (line: string, index: number) => string> = {
  'as it is': (line) => line,
  'with line numbers': (line, index) => `${index + 1}\t${line}`,
  'in a diff': (line) => `+${line}`,
  'in a search': (line, index) => `certs/key.pem:${index + 1}: ${line}`,
  'with CRLF': (line) => `${line}\r`,
  'as concatenated strings': (line) => `  "${line}\\n" +`,
};

describe('private keys', () => {
  for (const [name, form] of Object.entries(forms)) {
    it(`are masked ${name}, and the lines around them stay where they are`, () => {
      const given = ['before', ...lines, 'after()'].map(form);
      const { text, masked } = maskPrivateKeys(given.join('\n'));
      const got = text.split('\n');
      assert.equal(got.length, given.length);
      assert.deepEqual([got[0], got.at(-1)], [given[0], given.at(-1)]);
      for (const line of body) assert.ok(!text.includes(line));
      assert.equal(masked, 1);
    });
  }

  it('are masked wherever they are cut', () => {
    fc.assert(
      fc.property(fc.nat(lines.length - 1), fc.nat(lines.length), (from, count) => {
        const piece = lines.slice(from, from + count).join('\n');
        const { text } = maskPrivateKeys(piece);
        for (const line of body.slice(0, -1)) assert.ok(!text.includes(line));
      }),
    );
  });

  it('are masked also in a line that happens to hold no digit', () => {
    const line = 'hQdTRwLp'.repeat(8);
    assert.equal(maskPrivateKeys(line).masked, 1);
    const path = 'src/components/checkout/PaymentMethodSelectionDialog/PaymentMethodRow';
    assert.equal(maskPrivateKeys(path).masked, 0);
  });

  it('code that only names the marker, and hashes, stay', () => {
    const code = [
      "const header = '-----BEGIN PRIVATE KEY-----';",
      'return header + body;',
      'done()',
      `"integrity": "sha256-${'ab12'.repeat(16)}"`,
      'ab12'.repeat(16),
    ];
    const { text } = maskPrivateKeys(code.join('\n'));
    assert.deepEqual(text.split('\n').slice(1), code.slice(1));
  });

  it('any other text comes back as it is', () => {
    fc.assert(fc.property(fc.string(), (text) => maskPrivateKeys(text).text === text));
  });
});
