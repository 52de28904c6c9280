import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isLoopback } from './base-url.ts';

describe('a server on this machine', () => {
  for (const host of ['localhost', 'models.localhost', 'LOCALHOST:1', '127.0.0.1', '127.1', '2130706433']) {
    it(`is ${host}`, () => assert.ok(isLoopback(`http://${host}/v1`)));
  }
  for (const host of ['[::1]:8080', '127.255.0.9', '[::ffff:127.0.0.1]']) {
    it(`is ${host}`, () => assert.ok(isLoopback(`http://${host}`)));
  }
  for (const host of [
    '127.evil.example.com',
    '127.0.0.1.example.com',
    'localhost.example.com',
    'notlocalhost',
    '128.0.0.1',
    '10.0.0.127',
    '[::2]',
    '[::ffff:10.0.0.1]',
  ]) {
    it(`[X12] is not ${host}, whose calls may cost something`, () => {
      assert.ok(!isLoopback(`http://${host}/v1`));
    });
  }
});
