import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cutText } from './work-tool.ts';

describe('a text that is cut', () => {
  it('ends behind a whole line or word, and says how much is left out', () => {
    const token = 'ghp_aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5';
    assert.match(
      cutText(`one\ntwo ${token}`, 20, 'Ask for less.'),
      /^one\n\[cut: \d+ of \d+ characters left out\. Ask for less\.\]$/,
    );
    assert.match(cutText(`x = ${token}`, 20, 'r'), /^x = \n\[cut/);
    assert.equal(cutText('short', 5, 'r'), 'short');
  });
});
