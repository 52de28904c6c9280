import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import fc from 'fast-check';
import { boundStdin, type OversizedLine } from './bounded-stdin.ts';
import { answerToOversized } from './oversized-message.ts';

const limitBytes = 20;

test('lines within the limit come through whole and in order, longer ones are told, however the chunks are cut', async () => {
  const lines = fc.array(fc.string({ unit: fc.constantFrom('a', 'é', '"', ' '), maxLength: 40 }), {
    minLength: 1,
  });
  await fc.assert(
    fc.asyncProperty(
      lines,
      fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }),
      async (given, sizes) => {
        const bytes = Buffer.from(`${given.join('\n')}\n`);
        const chunks: Buffer[] = [];
        for (let at = 0, n = 0; at < bytes.length; n += 1) {
          const size = sizes[n % sizes.length]!;
          chunks.push(bytes.subarray(at, at + size));
          at += size;
        }
        const told: OversizedLine[] = [];
        const onOversized = (line: OversizedLine) => told.push(line);
        const { stream } = boundStdin(Readable.from(chunks), { limitBytes, onOversized });
        const passed = (await text(stream)).split('\n').slice(0, -1);
        const isLong = (line: string) => Buffer.byteLength(line) > limitBytes;
        assert.deepEqual(
          passed.filter((line) => !line.endsWith('\0')),
          given.filter((line) => !isLong(line)),
        );
        assert.deepEqual(
          told.map(({ sizeBytes, head, tail }) => [sizeBytes, head.slice(0, 5), tail.slice(-5)]),
          given.filter(isLong).map((line) => [Buffer.byteLength(line), line.slice(0, 5), line.slice(-5)]),
        );
      },
    ),
  );
});

test('a request is answered by its id from either side; what is none, or hides its id, is only logged', () => {
  const idOf = (line: string) => {
    const { answer } = answerToOversized(
      { sizeBytes: 99, head: line.slice(0, 60), tail: line.slice(-60) },
      9,
    );
    return answer === undefined || !('id' in answer) ? undefined : answer.id;
  };
  const params = `"params":{"text":"${'x'.repeat(200)}","id":5}`;
  assert.equal(idOf(`{"jsonrpc":"2.0","id":7,"method":"a",${params}}`), 7);
  assert.equal(idOf(`{ "method": "a", ${params}, "jsonrpc": "2.0", "id": "s-\\"8" }\r`), 's-"8');
  assert.equal(idOf(`{${params},"id":9,"method":"a"}`), 9);
  assert.equal(idOf(`{"jsonrpc":"2.0","method":"a",${params}}`), undefined);
  assert.equal(idOf(`{"jsonrpc":"2.0","id":7,"result":{"text":"${'x'.repeat(200)}"}}`), undefined);
  assert.equal(idOf('x'.repeat(200)), undefined);
});
