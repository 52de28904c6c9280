import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';

interface Question {
  id: string;
  kind: 'natural' | 'hard';
  question: string;
  standard: string;
  also?: string[];
}

const repository = resolve(import.meta.dirname, '../..');
const universal = join(repository, 'src/capabilities/standards/universal');
const read = async (half: string) =>
  JSON.parse(await readFile(join(repository, `bench/search/questions/${half}.json`), 'utf8')) as Question[];
const halves = { tune: await read('tune'), test: await read('test') };
const all = [...halves.tune, ...halves.test];

const standards = new Map<string, string>();
for (const entry of await readdir(universal, { recursive: true })) {
  if (!entry.endsWith('.md')) continue;
  const id = entry.replaceAll('\\', '/').replace(/\.md$/, '');
  standards.set(id, await readFile(join(universal, entry), 'utf8'));
}

const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
const runsOf = (text: string, length: number) => {
  const words = wordsOf(text);
  return words
    .slice(0, Math.max(0, words.length - length + 1))
    .map((_, at) => words.slice(at, at + length).join(' '));
};

describe('the question set that search is judged by', () => {
  it('has 150 natural questions and 60 hard ones over 60 standards, each half alike', () => {
    const count = (of: Question[], kind: string) => of.filter((one) => one.kind === kind).length;
    assert.ok(count(all, 'natural') >= 150 && count(all, 'hard') >= 60);
    for (const half of [halves.tune, halves.test]) {
      assert.ok(count(half, 'natural') >= 75 && count(half, 'hard') >= 30);
      assert.ok(new Set(half.map(({ standard }) => standard)).size >= 60);
    }
    assert.equal(new Set(all.map(({ question }) => question.toLowerCase())).size, all.length);
  });

  it('names standards that ship', () => {
    const named = all.flatMap(({ standard, also = [] }) => [standard, ...also]);
    assert.deepEqual(
      named.filter((id) => !standards.has(id)),
      [],
    );
  });

  it('is not answered by heart: no standard holds five words in a row of a test question about it', () => {
    const quoted = halves.test.filter(({ question, standard }) => {
      const text = new Set(runsOf(standards.get(standard)!, 5));
      return runsOf(question, 5).some((run) => text.has(run));
    });
    assert.deepEqual(
      quoted.map(({ id, question }) => `${id} ${question}`),
      [],
    );
  });
});
