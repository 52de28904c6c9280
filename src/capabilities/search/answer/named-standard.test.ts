import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openTestProject } from '../testing.ts';

const about = (title: string, rule: string, more = '') => `${more}# ${title}\n\n${rule}\n`;
const injection = about('Queries', 'Bind values, never join them into a query.');

describe('[A13] a question in Chinese, Japanese, Korean or Thai', () => {
  it('is met by any part of a phrase or a title', async (t) => {
    const { open } = await openTestProject(t, {
      'zh/errors.md': about('错误处理', '每个接口都用统一的错误格式返回失败。'),
      'ja/logs.md': about('ログの規約', 'すべてのログを構造化して出力する。'),
      'ko/names.md': about('이름 규칙', '함수이름은 동사로 시작한다.'),
      'th/tests.md': about('การทดสอบ', 'การทดสอบทุกครั้งต้องรอสัญญาณ'),
    });
    const index = await open();
    for (const [question, id] of [
      ['统一的错误格式', 'zh/errors'],
      ['错误', 'zh/errors'],
      ['構造化', 'ja/logs'],
      ['이름', 'ko/names'],
      ['รอสัญญาณ', 'th/tests'],
    ] as const) {
      const { results } = await index.search(question, { limit: 5 });
      assert.equal(results[0]?.id, id, question);
    }
  });
});

describe("[A13] a question that is a standard's id or file", () => {
  it('finds that standard first, in whatever form it is given', async (t) => {
    const { open } = await openTestProject(
      t,
      {
        'dev/one.md': about('Small steps', 'Commit what works.'),
        'dev/other.md': about('One', 'One injection, one dev, one security. Standards of one.'),
        'dev/gone.md': about('Gone', 'Nothing.', '---\nstatus: retired\nretired_because: old\n---\n'),
      },
      { shipped: { 'security/injection.md': injection } },
    );
    const index = await open();
    for (const [question, id] of [
      ['security/injection.md', 'security/injection'],
      ['security/injection', 'security/injection'],
      ['troupe:security/injection', 'security/injection'],
      ['.agent-os/standards/dev/one.md', 'dev/one'],
      ['`.agent-os/standards/dev/one.md:3`', 'dev/one'],
      ['C:\\work\\.agent-os\\standards\\dev\\one.md', 'dev/one'],
      ['dev/gone', 'dev/gone'],
    ] as const) {
      const { results } = await index.search(question, { limit: 5 });
      assert.equal(results[0]?.id, id, question);
      assert.match(results[0].reason, /^its name/);
      assert.equal(results.filter((hit) => hit.id === id && hit.line === results[0]!.line).length, 1);
    }
    const { results } = await index.search('dev/one', { limit: 5, domain: 'security' });
    assert.ok(
      results.every(({ id }) => id !== 'dev/one'),
      'a filter holds',
    );
    const none = await index.search('src/http/get.ts', { limit: 5 });
    assert.ok(none.results.every(({ reason }) => !reason.startsWith('its name')));
  });
});
