import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { redactSecrets } from './find-secrets.ts';
import { wholeHeadings } from './hunk-headings.ts';

const head = '@@ -1,7 +1,7 @@ ';
/** As git shows a line above a hunk. */
const asGitCuts = (line: string) => head + line.slice(0, 80).trimEnd();

describe('wholeHeadings', () => {
  it('[A9] lets no half of a secret through that git cut in a heading, where the scan would not know it any more', async () => {
    const token = 'ghp_' + 'aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5';
    const lines = [
      `const config = { token: '${token}' };`,
      `open('postgres://admin:${token}@db.example/app');`,
      `const config = { password: 'correct horse ${token}' };`,
      `The token of this is ${token} and more of it`,
    ];
    const anyPlace = fc.record({ line: fc.constantFrom(...lines), indent: fc.nat(80) });
    await fc.assert(
      fc.asyncProperty(anyPlace, async ({ line, indent }) => {
        const { text } = await redactSecrets(asGitCuts(`${'x'.repeat(indent)} ${line}`));
        assert.ok(!text.includes('aB3d') && !text.includes('correct'), text);
      }),
    );
  });

  it('marks the cut, keeps the words before it, and cuts once', () => {
    const line = 'export async function reviewEverything(project: ProjectFiles, options: ReviewOptionsOfAll';
    const cut = wholeHeadings(asGitCuts(line));
    assert.equal(cut, `${head}export async function reviewEverything(project: ProjectFiles, options: …`);
    assert.equal(wholeHeadings(cut), cut);
  });

  it('leaves whole headings and all other text as they are', () => {
    fc.assert(fc.property(fc.string(), (text) => wholeHeadings(text) === text));
    const diff = `${head}function short() {\n ${'x'.repeat(120)}\n${head.trim()}\n+@@ -1 +1 @@ ${'y'.repeat(90)}`;
    assert.equal(wholeHeadings(diff), diff);
  });
});
