import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readRepository } from './source-tree.ts';

const { files } = readRepository();
const { scripts } = JSON.parse(files.get('package.json')!) as { scripts: Record<string, string> };

describe('AGENTS.md', () => {
  it('fits 120 lines', () => {
    assert.ok(files.get('AGENTS.md')!.trimEnd().split('\n').length <= 120);
  });
});

describe('documents', () => {
  it('name only npm scripts that exist', () => {
    // What ships as a standard speaks of other people's projects.
    const documents = [...files].filter(([path]) =>
      /^([^/]+|docs\/.*|src\/(?!capabilities\/standards\/(universal|language)\/).*|bench\/.*)\.md$/.test(
        path,
      ),
    );
    const unknown = documents.flatMap(([path, text]) =>
      [...text.matchAll(/\bnpm (?:run )?(test|(?<=run )[\w:-]+)/g)]
        .filter(([, script]) => !(script! in scripts))
        .map(([command]) => `${path}: ${command}`),
    );
    assert.deepEqual(unknown, []);
  });
});
