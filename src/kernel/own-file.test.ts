import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ownFile } from './own-file.ts';

describe('a file that Troupe brings along', () => {
  it('lies by its place in the sources for a module that runs as it is, by its place in dist/ for a built one', () => {
    const places = { source: '../packs/', built: './packs/' };
    assert.equal(ownFile('file:///a/src/rules/load.ts', places).href, 'file:///a/src/packs/');
    assert.equal(ownFile('file:///a/dist/chunk.js', places).href, 'file:///a/dist/packs/');
  });
});
