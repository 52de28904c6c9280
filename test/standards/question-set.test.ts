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

const kinds = ['natural', 'hard'] as const;

/** Standards that a half does not ask about in one of the two ways. */
function unasked(half: readonly Pick<Question, 'kind' | 'standard'>[], ids: Iterable<string>): string[] {
  return [...ids].flatMap((id) =>
    kinds
      .filter((kind) => !half.some((one) => one.standard === id && one.kind === kind))
      .map((kind) => `${id}: ${kind}`),
  );
}

/** Words of questions that stand in a standard, five in a row; the questions themselves stay unread. */
function quoted(
  questions: readonly Pick<Question, 'id' | 'question'>[],
  texts: Iterable<readonly [id: string, text: string]>,
): string[] {
  const standardsByRun = new Map<string, string>();
  for (const [id, text] of texts) for (const run of runsOf(text, 5)) standardsByRun.set(run, id);
  return questions.flatMap(({ id, question }) => {
    const run = runsOf(question, 5).find((one) => standardsByRun.has(one));
    return run === undefined ? [] : [`${standardsByRun.get(run)} holds "${run}" of ${id}`];
  });
}

describe('the question set that search is judged by', () => {
  it('has natural questions and hard ones about every standard that ships, in each half', () => {
    for (const [name, half] of Object.entries(halves)) {
      const remedy = 'bench/search/questions/README.md says who writes the missing ones';
      assert.deepEqual(unasked(half, standards.keys()), [], `${name}.json; ${remedy}`);
    }
    assert.equal(new Set(all.map(({ question }) => question.toLowerCase())).size, all.length);
  });

  it('has halves alike, of 75 natural and 30 hard questions or more over 60 standards or more, as its README says', async () => {
    const count = (of: Question[], kind: string) => of.filter((one) => one.kind === kind).length;
    const [natural, hard] = kinds.map((kind) => count(halves.tune, kind)) as [number, number];
    assert.ok(natural >= 75 && hard >= 30 && standards.size >= 60);
    assert.deepEqual(
      kinds.map((kind) => count(halves.test, kind)),
      [natural, hard],
    );
    const said = `${natural} natural and ${hard} hard in each, over ${standards.size} standards.`;
    const text = await readFile(join(repository, 'bench/search/questions/README.md'), 'utf8');
    assert.ok(text.includes(said), `bench/search/questions/README.md does not say: ${said}`);
  });

  it('names standards that ship', () => {
    const named = all.flatMap(({ standard, also = [] }) => [standard, ...also]);
    assert.deepEqual(
      named.filter((id) => !standards.has(id)),
      [],
    );
  });

  it('is not answered by heart: no standard holds five words in a row of a test question', () => {
    assert.deepEqual(quoted(halves.test, standards), []);
  });
});

describe('what the question set is held to', () => {
  it('finds a standard that nobody asks about in one of the two ways', () => {
    const half = [
      { kind: 'natural', standard: 'a/one' },
      { kind: 'hard', standard: 'a/one' },
      { kind: 'natural', standard: 'a/two' },
    ] as const;
    assert.deepEqual(unasked(half, ['a/one', 'a/two', 'a/new']), [
      'a/two: hard',
      'a/new: natural',
      'a/new: hard',
    ]);
  });

  it('finds words of a question in a standard that is not its answer', () => {
    const question = { id: 'q-1', question: 'Why do my orders arrive twice on Mondays?' };
    const texts = [
      ['a/one', 'Orders arrive on Mondays.'],
      ['a/two', 'Somebody asks: do MY orders arrive twice, ever?'],
    ] as const;
    assert.deepEqual(quoted([question], texts), ['a/two holds "do my orders arrive twice" of q-1']);
  });
});

describe('the README', () => {
  it('says how many universal standards ship', async () => {
    const text = await readFile(join(repository, 'README.md'), 'utf8');
    const said = `${standards.size} universal standards ship`;
    assert.ok(text.includes(said), `README.md does not say: ${said}`);
  });
});
