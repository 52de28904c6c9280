import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { scriptedModel } from '../../models/testing.ts';
import { dataOf, openReviewDesk } from '../review-fixture.ts';

const weak = 'export const a = eval(process.argv[2]);\n';

describe('what a task names and ignore rules exclude', () => {
  const files = {
    'root.ts': 'export const a = 1;\n',
    'excl.ts': weak,
    'out/b.ts': weak,
    'node_modules/x.ts': weak,
    '.gitignore': 'excl.ts\nout/\n',
  };

  it('is not read, is named with the reason beside what was reviewed, and lets no gate pass', async (t) => {
    const desk = await openReviewDesk(t, files);
    for (const named of ['excl.ts', 'out/', 'out/b.ts', 'node_modules/x.ts']) {
      const review = dataOf(await desk.review({ task: `review root.ts and ${named}` }));
      const file = named.replace(/\/$/, '');
      assert.deepEqual([review.judged, review.files_in_scope, review.findings], [false, 1, []], named);
      assert.deepEqual(review.skipped, [{ file, reason: 'ignored' }]);
      assert.ok(review.summary.includes(`**Not judged:** ${file} is ignored (.gitignore`), review.summary);
    }
    const both = dataOf(await desk.review({ task: 'review excl.ts and node_modules' }));
    assert.match(
      both.summary,
      /nothing was judged\.\n\n\*\*Not judged:\*\* excl\.ts and node_modules are ignored/,
    );
  });

  it('is said behind the words of a model too', async (t) => {
    const desk = await openReviewDesk(t, files);
    const model = scriptedModel(t, [{ reply: 'All is well.' }]);
    const review = dataOf(await desk.review({ task: 'review root.ts and excl.ts', model }));
    assert.equal(review.judged, false);
    assert.match(
      review.summary,
      /^All is well\.\n\n\*\*Not judged:\*\* excl\.ts is ignored .* as the context\.$/,
    );
  });
});

describe('a file that git tracks although it would ignore it', () => {
  it('is named as skipped where it lies in the scope', async (t) => {
    const desk = await openReviewDesk(t, {
      'src/root.ts': weak,
      'src/gen.ts': weak,
      'src/own.log': 'x\n',
      'lib/b.ts': weak,
      '.gitignore': 'gen.ts\n*.log\n',
    });
    const git = (...args: string[]) => execFileSync('git', args, { cwd: desk.root });
    git('init', '-q');
    git('add', '.');
    git('add', '-f', 'src/gen.ts');
    const review = dataOf(await desk.review({ task: 'review the project' }));
    assert.deepEqual(review.skipped, [{ file: 'src/gen.ts', reason: 'ignored, though git tracks it' }]);
    assert.equal(review.judged, true);
    assert.deepEqual(dataOf(await desk.review({ task: 'review lib' })).skipped, []);
  });
});
