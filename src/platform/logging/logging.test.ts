import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { systemClock } from '../../kernel/index.ts';
import { filesErrors } from '../files/index.ts';
import { createLogger, redactText, type LoggerOptions } from './index.ts';

const clock = { ...systemClock, now: () => Date.UTC(2030, 0, 2, 3, 4, 5) };

function recorded(options: LoggerOptions & { isTTY?: boolean } = {}) {
  const lines: string[] = [];
  const stream = {
    isTTY: options.isTTY ?? false,
    write: (line: string) => lines.push(line),
    on: () => undefined,
  };
  return { lines, log: createLogger({ clock, stream, ...options }) };
}

test('an entry is one JSON line with time, level, message and fields; children add theirs', () => {
  const { lines, log } = recorded();
  log
    .child({ job: 'a', attempt: 1 })
    .child({ attempt: 2 })
    .warn('late\nreport', { waitedMs: 5, time: 'forged' });
  assert.equal(lines.length, 1);
  assert.equal(lines[0]!.indexOf('\n'), lines[0]!.length - 1);
  assert.deepEqual(JSON.parse(lines[0]!), {
    job: 'a',
    attempt: 2,
    waitedMs: 5,
    time: '2030-01-02T03:04:05.000Z',
    level: 'warn',
    message: 'late\nreport',
  });
});

test('only entries of the level and above are written', () => {
  const { lines, log } = recorded({ level: 'warn' });
  for (const level of ['debug', 'info', 'warn', 'error'] as const) log[level](level);
  assert.deepEqual(
    lines.map((line) => (JSON.parse(line) as { level: string }).level),
    ['warn', 'error'],
  );
  const silent = recorded({ level: 'silent' });
  silent.log.error('x');
  assert.deepEqual(silent.lines, []);
});

test('on a terminal it is a line for people, and control characters stay harmless', () => {
  const { lines, log } = recorded({ isTTY: true });
  log.info('done \u001b[2J\nforged', { files: 3, name: 'a b', path: 'src/a.ts' });
  assert.deepEqual(lines, ['03:04:05 info  done \\u001b[2J\\u000aforged files=3 name="a b" path=src/a.ts\n']);
});

test('a command says one plain sentence and what to do, on a terminal or not; --debug adds the facts', () => {
  for (const isTTY of [true, false]) {
    const { lines, log } = recorded({ form: 'command', isTTY });
    log.error('It is damaged.', { code: 'x.damaged', remedy: 'Make it anew.', cause: new Error('inner') });
    log.warn('late\u001b[2J\nforged');
    log.info('Read');
    assert.deepEqual(lines, [
      'warning: It is damaged. Make it anew.\n',
      'warning: late\\u001b[2J\\u000aforged.\n',
      'note: Read.\n',
    ]);
  }
  const { lines, log } = recorded({ form: 'command-debug' });
  log.error('Failed', { error: new Error('inner') });
  assert.match(
    lines[0]!,
    /^warning: Failed\.\n\{\n {2}"error": \{\n {4}"name": "Error"[^]*"stack": "Error: inner\\n/,
  );
});

// Written in pieces, so that secret scanners do not take this file for a leak.
const letters = 'abcDEF0123456789'.repeat(4);
const joined = (...pieces: string[]) => pieces.join('');
const secrets: Record<string, string> = {
  anthropic: joined('sk-', 'ant-api03-', letters),
  openai: joined('sk-', 'proj-', letters),
  google: joined('AI', 'za', letters.slice(0, 35)),
  github: joined('gh', 'p_', letters.slice(0, 36)),
  aws: joined('AK', 'IA', 'ABCDEFGHIJKLMNOP'),
  jwt: joined('ey', 'J', `${letters}.${letters}.${letters}`),
  pem: ['BEGIN', 'END'].map((edge) => joined('-----', edge, ' RSA PRIVATE KEY-----')).join(`\n${letters}\n`),
};

test('no secret is written, whatever surrounds it, in messages, fields, names and errors', () => {
  const around = fc.string({ unit: fc.constantFrom(' ', '"', '=', ',', '\n', 'é', '(', '/'), maxLength: 5 });
  const kinds = fc.constantFrom(...Object.keys(secrets));
  const property = fc.property(kinds, around, around, (kind, before, after) => {
    const secret = secrets[kind]!;
    const text = `${before}${secret}${after}`;
    const { lines, log } = recorded();
    log.info(text, {
      a: text,
      deep: [{ b: text }],
      error: new Error(text, { cause: new Error(text) }),
      [text]: 1,
    });
    const core = secret.slice(-12).trim();
    assert.ok(!lines[0]!.includes(secret) && !lines[0]!.includes(letters.slice(0, 30)), `${kind}: ${core}`);
  });
  fc.assert(property, { numRuns: 300 });
});

test('tokens, passwords in addresses, and fields named like secrets are masked, their surroundings kept', () => {
  assert.equal(redactText('Authorization: Bearer abc.def-123456'), 'Authorization: Bearer [redacted]');
  assert.equal(redactText('postgres://me:hunter2@host/db'), 'postgres://me:[redacted]@host/db');
  assert.equal(redactText('https://x/y?api_key=hunter22&z=1'), 'https://x/y?api_key=[redacted]&z=1');
  assert.equal(redactText('tokens: 1200, sk-short'), 'tokens: 1200, sk-short');
  const { lines, log } = recorded();
  log.info('x', {
    apiKey: 'short',
    'x-api-key': 'short',
    headers: { Authorization: 'short' },
    password: ['short'],
    tokens: 7,
    tokensUsed: 'many',
  });
  assert.ok(!lines[0]!.includes('short'));
  assert.match(lines[0]!, /"tokens":7,"tokensUsed":"many"/);
});

test('values that are known to be secret are masked exactly', () => {
  const { lines, log } = recorded({ secrets: ['0123456789abcdef', 'abc'] });
  log.error('key 0123456789abcdef rejected by abc', { echoed: 'x0123456789abcdefx' });
  assert.match(lines[0]!, /"echoed":"x\[redacted\]x".*"key \[redacted\] rejected by abc"/);
});

test('anything can be logged: cycles, errors of the catalogue, broken getters, huge values', () => {
  const { lines, log } = recorded();
  const cycle: Record<string, unknown> = {};
  cycle['self'] = cycle;
  const broken = Object.defineProperty({}, 'x', { enumerable: true, get: () => assert.fail('no') });
  const error = filesErrors.make('files.not_found', { path: 'a.ts' });
  log.info('x', {
    cycle,
    broken,
    error,
    big: 10n,
    text: 'a'.repeat(9_000),
    many: Array(200).fill(1),
    no: NaN,
    bytes: Buffer.alloc(3),
  });
  const entry = JSON.parse(lines[0]!) as Record<string, unknown>;
  assert.deepEqual(entry['error'], {
    code: 'files.not_found',
    message: 'There is no a.ts.',
    details: { path: 'a.ts' },
  });
  assert.deepEqual(
    [entry['broken'], entry['big'], entry['no'], entry['bytes']],
    ['[unreadable]', '10', 'NaN', '[3 bytes]'],
  );
  assert.match(entry['text'] as string, /1000 more characters\]$/);
  assert.equal((entry['many'] as unknown[]).at(-1), '[100 more]');
});

test('a text written to be slow to scan is not', () => {
  for (const piece of [
    'sk-',
    'eyJaaaaaaaaa.',
    'a://b',
    '-----BEGIN PRIVATE KEY-----',
    'password=',
    'Bearer  ',
  ]) {
    assert.ok(redactText(piece.repeat(3_000)).length > 0);
  }
});

test('a stream that fails does not end the process', () => {
  const stream = { write: () => assert.fail('closed'), on: () => undefined };
  createLogger({ stream, clock }).error('x');
});
