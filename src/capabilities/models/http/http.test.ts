import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { redactorOf } from './redact.ts';
import { readRetryAfter } from './retry-after.ts';
import { readErrorBody } from './status-errors.ts';

describe('reading Retry-After', () => {
  const nowMs = Date.UTC(2026, 0, 1);
  for (const [text, expected] of [
    ['0', 0],
    ['120', 120_000],
    [' 1.5 ', 1_500],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['Wed, 31 Dec 2025 23:59:00 GMT', 0],
    ['soon', undefined],
    ['-5', undefined],
    ['', undefined],
  ] as const) {
    it(`${JSON.stringify(text)} is ${expected}`, () => {
      assert.equal(readRetryAfter({ 'retry-after': text }, nowMs), expected);
    });
  }

  it('gives milliseconds of 0 and more, or nothing, for any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const waitMs = readRetryAfter({ 'retry-after': text }, nowMs);
        assert.ok(waitMs === undefined || (waitMs >= 0 && !Number.isNaN(waitMs)));
      }),
    );
  });
});

describe('reading an error body', () => {
  for (const [body, expected] of [
    ['{"error":{"type":"overloaded_error","message":"busy"}}', { type: 'overloaded_error', message: 'busy' }],
    [
      '{"error":{"code":"insufficient_quota","message":"m","type":"x"}}',
      { type: 'x insufficient_quota', message: 'm' },
    ],
    [
      '[{"error":{"code":400,"status":"INVALID_ARGUMENT","message":"m"}}]',
      { type: 'INVALID_ARGUMENT', message: 'm' },
    ],
    ['{"error":"model not found"}', { type: '', message: 'model not found' }],
    ['{"message":"plain"}', { type: '', message: 'plain' }],
    ['<html>', { type: '', message: '' }],
    ['null', { type: '', message: '' }],
  ] as const) {
    it(`understands ${body}`, () => assert.deepEqual(readErrorBody(body), expected));
  }

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.json()),
        (body) => typeof readErrorBody(body).message === 'string',
      ),
    );
  });
});

describe('redaction', () => {
  it('takes every key out of any text, also percent-encoded', () => {
    const key = fc.string({
      minLength: 4,
      maxLength: 40,
      unit: fc.constantFrom('a', 'B', '3', '-', '_', '/', '+', '=', '~'),
    });
    fc.assert(
      fc.property(key, fc.array(fc.string()), (secret, pieces) => {
        const text = `${pieces.join(secret)}${encodeURIComponent(secret)} ${secret}`;
        const clean = redactorOf([secret])(text);
        assert.ok(!clean.includes(secret) || '[key]'.includes(secret));
      }),
    );
  });

  it('takes out what looks like a key that its owner starred out', () => {
    assert.equal(
      redactorOf([])('Incorrect API key provided: sk-proj-abcd****wxyz.'),
      'Incorrect API key provided: [key]',
    );
  });
});
