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
  'in the diff of a merge': (line) => `--${line}`,
  'as the heading of a hunk': (line, index) => `@@ -${index},7 +${index},7 @@ ${line}`,
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
    const all = fc.constantFrom(...Object.values(forms));
    fc.assert(
      fc.property(fc.nat(lines.length - 1), fc.nat(lines.length), all, (from, count, form) => {
        const piece = lines
          .slice(from, from + count)
          .map(form)
          .join('\n');
        const { text } = maskPrivateKeys(piece);
        for (const line of body.slice(0, -1)) assert.ok(!text.includes(line));
      }),
    );
  });

  it('are masked to the last line where a diff shows a part of them', () => {
    const file = ['text', ...lines, ...Array.from({ length: 8 }, (_, step) => `  step ${step}`)];
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.nat(file.length - 1), (changed, heading) => {
        const at = Math.max(0, changed - 3);
        const shown = file.slice(at, changed + 4).map((line) => ` ${line}`);
        const head = `@@ -${at + 1},7 +${at + 1},7 @@`;
        const diff = [`${head} ${file[Math.min(heading, at)]!}`, ...shown, '-old', '+new'].join('\n');
        const { text, masked } = maskPrivateKeys(diff);
        for (const line of body) assert.ok(!text.includes(line) || !/\d/.test(line), text);
        assert.equal(masked > 0, body.some((line) => diff.includes(line)) || diff.includes('PRIVATE KEY'));
        assert.ok(text.startsWith(head), 'git can still apply it');
      }),
    );
  });

  it('headings of code, and long paths in strings, stay', () => {
    const code = [
      '@@ -1,7 +1,7 @@ export async function loadConfiguration2(name: string) {',
      '@@ -9,7 +9,7 @@ module.exports = {',
      '@@ -20 +20 @@ getConfigurationOf',
      '@@ -30,2 +30,2 @@',
      '  "src/v2/components/checkout/PaymentMethodSelectionDialog/PaymentMethodRow",',
    ].join('\n');
    assert.deepEqual(maskPrivateKeys(code), { text: code, masked: 0 });
  });

  it('are masked also in a line that happens to hold no digit', () => {
    const line = 'hQdTRwLp'.repeat(8);
    assert.equal(maskPrivateKeys(line).masked, 1);
    const path = 'src/components/checkout/PaymentMethodSelectionDialog/PaymentMethodRow';
    assert.equal(maskPrivateKeys(path).masked, 0);
  });

  it('are masked also in a string that happens to hold few digits, or few capitals behind such a line', () => {
    const few = `  "lGzPxLxQcuDsMYYkwCJ2W+LQVfYshCgEBZKGjBRyFPKIKjEgbonLuQLYspyJwykL\\n" +`;
    assert.equal(maskPrivateKeys(few).text, ' [redacted: privatekey]');
    const small = `  "${'abcdefgH'.repeat(8)}\\n" +`;
    assert.equal(maskPrivateKeys(small).masked, 0);
    assert.ok(!maskPrivateKeys(`${few}\n${small}`).text.includes('abc'));
    const paths = `  "web/v2/components/checkout/PaymentMethodSelectionDialog/Oauth2MethodRow",`;
    assert.equal(maskPrivateKeys(paths).masked, 0);
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
