import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exampleProject } from '../support/troupe/example-project.ts';
import { runTroupe } from '../support/troupe/troupe-process.ts';
import { withoutPackages } from '../support/troupe/without-package.ts';

interface Found {
  results: { id: string }[];
  message: string;
}

describe('[A13] a package that is configured and not installed', () => {
  it('LanceDB: standards are found all the same, and the answer names the package and how to fix it', async (t) => {
    const project = await exampleProject(t);
    await project.configure('search:\n  store: lancedb\nembeddings:\n  model: off\n');
    const env = withoutPackages('@lancedb/lancedb');
    const { code, stdout, stderr } = await runTroupe(
      t,
      project,
      ['standards', 'search', 'a time limit for each remote call', '--json'],
      env,
    );
    assert.equal(code, 0, stderr);
    const { results, message } = JSON.parse(stdout) as Found;
    assert.equal(results[0]?.id, 'architecture/timeouts-and-retries');
    assert.match(
      message,
      /kept in memory only: The index is set to LanceDB \(search\.store\), and its package cannot be loaded: Cannot find package '@lancedb\/lancedb'\.$/,
    );
    assert.match(stderr, /npm install @lancedb\/lancedb.*or set search\.store to sqlite/);
    assert.doesNotMatch(stderr, /\n\s+at /, 'no stack');
  });
});
