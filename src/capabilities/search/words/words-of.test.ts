import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { wordsOf } from './words-of.ts';

const terms = (text: string) => wordsOf(text).map(({ term }) => term);

describe('the words of a text', () => {
  it('are pairs of letters where words are written without spaces', () => {
    assert.deepEqual(terms('错误处理。'), ['错误', '误处', '处理']);
    assert.deepEqual(terms('エラーを'), ['エラ', 'ラー', 'ーを']);
    assert.deepEqual(terms('오류를 처리'), ['오류', '류를', '처리']);
    assert.deepEqual(terms('จัดการ'), ['จั', 'ัด', 'ดก', 'กา', 'าร'], 'marks stay with their letters');
    assert.deepEqual(terms('表'), ['表']);
    assert.deepEqual(terms('API错误v2'), ['api', '错误', 'v2']);
  });

  it('are as ever in other scripts', () => {
    assert.deepEqual(terms('Don’t use rate-limit timeoutMs, naïve Größe café'), [
      ...terms("Don't use rate-limit timeoutMs"),
      'naïve',
      'größe',
      'café',
    ]);
    assert.deepEqual(terms('rate-limit'), ['rate', 'limit', 'ratelimit']);
    assert.deepEqual(terms('повтор запроса'), ['повтор', 'запроса']);
  });
});
