import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mostlySkipped, skippedKinds } from './skipped-kinds.ts';

describe('what was not looked at', () => {
  it('is told by kind, the most files first, with the largest figure of each', () => {
    const reasons = [
      'binary',
      'minified or generated (12,104 characters a line)',
      'minified or generated (5,001 characters a line)',
      'larger than 1,000,000 bytes (1,200,345 bytes)',
      'unreadable (EACCES)',
    ];
    const kinds = skippedKinds(reasons.map((reason, at) => ({ file: `f${at}`, reason })));
    assert.deepEqual(
      kinds.map(({ text }) => text),
      [
        '2 files (minified or generated, up to 12,104 characters a line)',
        '1 file (binary)',
        '1 file (larger than 1,000,000 bytes: 1,200,345 bytes)',
        '1 file (unreadable (EACCES))',
      ],
    );
    assert.deepEqual(kinds[0]!.files, ['f1', 'f2']);
  });

  it('[X9] is said at the head where it is more than what was looked at', () => {
    assert.equal(mostlySkipped(200, 61), 'Only 61 of 200 files in scope were looked at.');
    assert.equal(mostlySkipped(200, 140), '');
    assert.equal(mostlySkipped(0, 0), '');
  });
});
