import assert from 'node:assert/strict';
import { mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { openProjectFiles } from '../../../platform/files/index.ts';
import { redactSecrets } from '../../analyzers/index.ts';
import { createFindingLedger } from './finding-ledger.ts';
import { fingerprintOf } from './fingerprint.ts';
import { normalised, verifyPlace, type PlaceSources } from './verify-place.ts';

let place = '';
let sources: PlaceSources;
const write = (path: string, text: string | Uint8Array) => writeFile(join(place, path), text);

before(async () => {
  place = await realpath(await mkdtemp(join(tmpdir(), 'place-')));
  sources = { files: await openProjectFiles({ root: place }), redact: redactSecrets };
});
after(() => rm(place, { recursive: true, force: true }));

describe('the place of a finding', () => {
  it('[X5] is found for any line of any file, quoted with other spacing, from any claimed line', async () => {
    const codeLine = fc.stringMatching(
      /^[ \t]{0,4}[\w(){};'"=<>+*.,`]{3,20}( [\w=;()]{1,8}){0,4}[ \t]{0,2}$/,
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(codeLine, { minLength: 1, maxLength: 20 }),
        fc.nat(),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom('\n', '\r\n'),
        fc.constantFrom(' ', '\t', '   '),
        async (lines, pick, claimed, lineEnd, space) => {
          await write('any.ts', lines.join(lineEnd));
          const line = lines[pick % lines.length]!;
          const quote = `  ${line.replaceAll(/[ \t]+/g, space)} `;
          const found = await verifyPlace({ file: 'any.ts', line: claimed, quote }, sources);
          assert.equal(found.verified, true);
          assert.ok(normalised(lines[found.line - 1]!).includes(normalised(line)));
          assert.equal(found.note === undefined, found.line === claimed);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('[X5] is corrected when the line has moved, to the nearest of several', async () => {
    await write('moved.ts', ['x = 1', 'a', 'b', 'x = 1', 'c', 'd', 'e', 'x = 1'].join('\n'));
    const at = async (line: number, quote = 'x = 1') =>
      (await verifyPlace({ file: 'moved.ts', line, quote }, sources)).line;
    assert.deepEqual([await at(1), await at(3), await at(7), await at(99)], [1, 4, 8, 8]);
    await write('part.ts', ['x = 10', 'b', 'c', 'x = 1'].join('\n'));
    const whole = await verifyPlace({ file: 'part.ts', line: 2, quote: 'x = 1' }, sources);
    assert.deepEqual([whole.line, whole.quote], [4, 'x = 1'], 'a whole line before a part of one');
  });

  it('[X5] of several lines needs all of them in order, blank lines between allowed', async () => {
    await write('several.ts', 'first();\n\n  second();\nthird();\n');
    const check = async (quote: string) =>
      (await verifyPlace({ file: 'several.ts', line: 1, quote }, sources)).verified;
    assert.equal(await check('first();\nsecond();\nthird();'), true);
    assert.equal(await check('first();\nthird();'), false);
  });

  it('[X5] is refused for missing, binary, ignored and outer files, empty quotes and other text', async () => {
    await write('real.ts', 'const a = 1;\n');
    await write('binary.ts', new Uint8Array([0, 1, 2, 0]));
    await write('.gitignore', 'ignored.ts\n');
    await write('ignored.ts', 'const a = 1;\n');
    await symlink('/etc/hostname', join(place, 'link.ts'));
    for (const [file, quote] of [
      ['real.ts', 'const b = 1;'],
      ['real.ts', ''],
      ['real.ts', ' } '],
      ['gone.ts', 'const a = 1;'],
      ['binary.ts', 'const a = 1;'],
      ['ignored.ts', 'const a = 1;'],
      ['link.ts', 'const a = 1;'],
      ['../real.ts', 'const a = 1;'],
    ] as const) {
      const found = await verifyPlace({ file, line: 1, quote }, sources);
      assert.equal(found.verified, false, file);
      assert.ok(found.note!.length > 0);
    }
  });

  it('[X5] is verified for a line with a secret, quoted as a model saw it, in part, or as it is; no secret is kept', async () => {
    const secret = 'Winter-2024-checkout';
    await write('secret.ts', `// head\nlogin({ user, password: '${secret}' }); eval(input);\n`);
    const shown = "login({ user, password: '[redacted: credential]' }); eval(input);";
    for (const quote of [shown, 'eval(input)', `password: '${secret}' });`, `'${secret}' }); eval`]) {
      const found = await verifyPlace({ file: 'secret.ts', line: 2, quote }, sources);
      assert.deepEqual(
        [found.verified, found.line, found.quote, found.isMasked],
        [true, 2, shown, true],
        quote,
      );
    }
    const wrong = await verifyPlace(
      { file: 'secret.ts', line: 2, quote: `x = '${secret}'; password = '${secret}'` },
      sources,
    );
    assert.equal(wrong.verified, false);
    const other = await verifyPlace(
      { file: 'secret.ts', line: 1, quote: "eval('[redacted: credential]')" },
      sources,
    );
    assert.equal(other.verified, false);
  });

  it('quotes no more than a piece of a minified file', async () => {
    await write('min.js', `${'a=b+c;'.repeat(50_000)}eval(x)`);
    const found = await verifyPlace({ file: 'min.js', line: 1, quote: 'eval(x)' }, sources);
    assert.equal(found.verified, true);
    assert.equal(found.quote.length, 300);
  });
});

const claim = { rule: null, title: 'SQL  from Input', file: 'a.ts', quote: ' db.query( x )' };

describe('a fingerprint', () => {
  it('stays the same when spacing changes, and differs by what, where and which code', () => {
    const same = fingerprintOf(claim);
    assert.match(same, /^[0-9a-f]{16}$/);
    assert.equal(fingerprintOf({ ...claim, title: 'sql from input', quote: 'db.query(\n x )' }), same);
    const others = [{ rule: 'r' }, { title: 'other' }, { file: 'b.ts' }, { quote: 'db.query(y)' }];
    const all = new Set([same, ...others.map((change) => fingerprintOf({ ...claim, ...change }))]);
    assert.equal(all.size, 5);
    const withRule = fingerprintOf({ ...claim, rule: 'r' });
    assert.equal(fingerprintOf({ ...claim, rule: 'r', title: 'said otherwise' }), withRule);
  });
});

const finding = {
  file: 'a.ts',
  line: 5,
  severity: 'high',
  rule: null,
  title: 'SQL',
  quote: 'q',
  why: 'w',
  remedy: 'r',
  place_verified: true,
  standard: null,
  evidence: null,
  fingerprint: 'f1',
} as const;

describe('the ledger', () => {
  it('keeps each finding once, worst first, and drops a misplaced claim once it is placed', () => {
    const ledger = createFindingLedger();
    assert.equal(ledger.add({ ...finding, place_verified: false, fingerprint: 'f0' }), true);
    assert.equal(ledger.unplaced.length, 1);
    assert.equal(ledger.add(finding), true);
    assert.equal(ledger.add({ ...finding }), false);
    assert.equal(ledger.unplaced.length, 0);
    ledger.add({ ...finding, severity: 'critical', fingerprint: 'f2', file: 'z.ts' });
    ledger.add({ ...finding, line: 2, fingerprint: 'f1' });
    assert.deepEqual(
      ledger.placed.map(({ severity, file, line }) => `${severity} ${file}:${line}`),
      ['critical z.ts:5', 'high a.ts:2', 'high a.ts:5'],
    );
  });

  it('finds evidence of the same rule, in the same file, near the line', () => {
    const ledger = createFindingLedger();
    const evidence = {
      rule: 'security/sql',
      trade: 'security',
      severity: 'high',
      title: 't',
      why: 'w',
      remedy: 'r',
      file: 'a.ts',
      line: 10,
      endLine: 10,
      column: 1,
      quote: 'q',
      analyzer: 'syntax',
    } as const;
    ledger.addEvidence([evidence, { ...evidence, line: 13 }]);
    const at = (line: number, rule: string | null = 'security/sql', file = 'a.ts') =>
      ledger.evidenceFor({ rule, file, line })?.line;
    assert.deepEqual([at(10), at(8), at(12), at(15), at(16)], [10, 10, 13, 13, undefined]);
    assert.deepEqual(
      [at(10, null), at(10, 'other'), at(10, 'security/sql', 'b.ts')],
      [undefined, undefined, undefined],
    );
  });
});
