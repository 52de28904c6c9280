import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { secretNameKind } from './secret-names.ts';

describe('secretNameKind', () => {
  it('takes no word that every object has for that of a secret', () => {
    for (const name of ['page_constructor', 'constructor', 'x.constructor']) {
      assert.equal(secretNameKind(name), undefined, name);
    }
    assert.equal(secretNameKind('api_token'), 'token');
  });
});
