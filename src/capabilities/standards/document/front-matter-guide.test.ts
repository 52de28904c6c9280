import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { frontMatterValues } from './front-matter-values.ts';

const guide = path.resolve(import.meta.dirname, '../../../../docs/guides/standard-template.md');

describe('[A19] the table of front-matter keys in the guide', () => {
  it('has every key that is read, once, and no other', async () => {
    const text = await readFile(guide, 'utf8');
    const cells = [...text.matchAll(/^\| ((?:`[a-z_]+`(?:, )?)+) \|/gm)].map(([, cell]) => cell!);
    const named = cells.flatMap((cell) => [...cell.matchAll(/`([a-z_]+)`/g)].map(([, key]) => key!));
    assert.deepEqual(named.sort(), Object.keys(frontMatterValues).sort());
  });
});
