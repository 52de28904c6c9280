import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { codeOfContext } from './code-of-context.ts';

describe('codeOfContext', () => {
  it('takes what stands behind a fence for an extension, also where every object has a member of that name', () => {
    for (const [label, extension] of [
      ['TypeScript', 'ts'],
      ['zig', 'zig'],
      ['constructor', 'constructor'],
      ['__proto__', '__proto__'],
    ] as const) {
      const [block] = codeOfContext(`\`\`\`${label}\nconst a = 1;\n\`\`\`\n`);
      assert.equal(block?.extension, extension);
    }
  });
});
