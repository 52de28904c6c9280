import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isAppError, type AppError } from '../../kernel/index.ts';
import {
  startModelServer,
  type ProtocolName,
  type ScriptedReply,
} from '../../../test/support/model-servers/index.ts';
import { openTestModel, prompt, readParts } from './chain-model-fixture.ts';
import { steppedClock } from './testing.ts';

const hosted: ProtocolName[] = ['anthropic', 'openai', 'google', 'azure', 'openai-compatible'];
const fine: ScriptedReply = { text: 'fine' };
const failing = (status: number, errorMessage = 'no', errorType = 'error', headers = {}) => ({
  reply: { status, errorMessage, errorType, headers },
});

async function failureOf(call: () => PromiseLike<unknown>): Promise<AppError> {
  try {
    await call();
  } catch (error) {
    if (isAppError(error)) return error;
    throw error;
  }
  throw new assert.AssertionError({ message: 'the call should have failed' });
}

describe('a status that says no', () => {
  const refusals: [number, string, string, string][] = [
    [401, 'authentication_error', 'invalid key', 'models.key_refused'],
    [403, 'permission_error', 'not for you', 'models.key_refused'],
    [404, 'not_found_error', 'no such model', 'models.unknown_model'],
    [400, 'invalid_request_error', 'messages: empty', 'models.request_refused'],
    [413, 'request_too_large', 'too big', 'models.context_too_long'],
    [400, 'invalid_request_error', 'prompt is too long: 210000 tokens > 200000', 'models.context_too_long'],
    [400, 'context_length_exceeded', 'maximum context length is 128000 tokens', 'models.context_too_long'],
  ];
  for (const protocol of hosted) {
    it(`is neither retried nor passed on to the next model (${protocol})`, async (t) => {
      const steps = refusals.map(([status, type, message]) => failing(status, message, type));
      const server = await startModelServer(t, protocol, steps);
      const { model } = openTestModel(server.env);
      for (const [, , , code] of refusals) {
        assert.equal((await failureOf(() => model.doStream({ prompt }))).code, code);
      }
    });
  }

  it('names the variable of the key that was refused', async (t) => {
    const server = await startModelServer(t, 'google', []);
    const { model } = openTestModel({ ...server.env, GEMINI_API_KEY: 'another' });
    const error = await failureOf(() => model.doGenerate({ prompt }));
    assert.match(
      error.line,
      /Google Gemini refused the key in GEMINI_API_KEY \(status 401\).*Check GEMINI_API_KEY/,
    );
  });

  it('about money goes on to the next model, without trying the same one again', async (t) => {
    const poor = await startModelServer(t, 'openai', [
      failing(429, 'You exceeded your quota', 'insufficient_quota'),
    ]);
    const rich = await startModelServer(t, 'ollama', [{ reply: fine }]);
    const { model } = openTestModel(
      { ...poor.env, ...rich.env, TROUPE_MODEL: '' },
      { chain: [{ provider: 'openai', model: 'm' }, { provider: 'ollama' }] },
    );
    assert.equal((await readParts(await model.doStream({ prompt }))).text, 'fine');
  });

  it('without a word about why is told with the status and with what to check', async (t) => {
    const server = await startModelServer(t, 'openai', [
      { reply: { status: 400, rawBody: '<h1>Bad Request</h1>' } },
      failing(400, 'temperature is not supported'),
    ]);
    const { model } = openTestModel(server.env);
    const silent = await failureOf(() => model.doStream({ prompt }));
    assert.match(silent.line, /refused the request \(status 400\)\. It gives no reason: check base_url/);
    const told = await failureOf(() => model.doStream({ prompt }));
    assert.match(told.line, /"temperature is not supported"\. The provider says why/);
  });

  it('about money is told as such when there is no other model', async (t) => {
    const server = await startModelServer(t, 'anthropic', [
      failing(400, 'Your credit balance is too low', 'invalid_request_error'),
      failing(402),
    ]);
    const { model } = openTestModel(server.env);
    for (let call = 0; call < 2; call++) {
      const error = await failureOf(() => model.doStream({ prompt }));
      assert.equal(error.code, 'models.out_of_credit');
      assert.match(error.message, /ANTHROPIC_API_KEY/);
    }
  });
});

describe('a status that says later', () => {
  for (const [given, expectedMs] of [
    [{ 'retry-after': '7' }, 7_000],
    [{ 'retry-after': new Date(Date.UTC(2026, 10, 21) + 9_000).toUTCString() }, 9_000],
    [{ 'retry-after-ms': '1500' }, 1_500],
    [{ 'retry-after': '0' }, 1_000],
    [{}, 1_000],
  ] as const) {
    it(`is tried again after ${expectedMs} ms (${JSON.stringify(given)})`, async (t) => {
      const server = await startModelServer(t, 'anthropic', [
        failing(429, 'slow down', 'rate_limit_error', given),
        { reply: fine },
      ]);
      const clock = steppedClock();
      const { model, events } = openTestModel(server.env, { clock });
      const answer = model.doStream({ prompt });
      await clock.sleeping((ms) => ms === expectedMs);
      assert.equal(server.requests.length, 1);
      clock.step(expectedMs);
      assert.equal((await readParts(await answer)).text, 'fine');
      assert.deepEqual(
        events
          .filter(({ type }) => type === 'attempt_failed')
          .map((event) => 'retryInMs' in event && event.retryInMs),
        [expectedMs],
      );
    });
  }

  it('[X2] goes on to the next model after two retries, 1 s and 2 s later', async (t) => {
    const busy = await startModelServer(t, 'anthropic', [failing(529), failing(500), failing(408)]);
    const other = await startModelServer(t, 'openai-compatible', [{ reply: fine }]);
    const clock = steppedClock();
    const { model, events } = openTestModel(
      { ...busy.env, ...other.env, TROUPE_MODEL: '' },
      { clock, chain: [{ provider: 'anthropic', model: 'm' }, { provider: 'openai-compatible' }] },
    );
    const answer = model.doStream({ prompt });
    for (const waitMs of [1_000, 2_000]) {
      await clock.sleeping((ms) => ms === waitMs);
      clock.step(waitMs);
    }
    assert.equal((await readParts(await answer)).text, 'fine');
    assert.deepEqual(
      events.map((event) => event.type),
      [
        ...[
          'call_failed',
          'attempt_failed',
          'call_failed',
          'attempt_failed',
          'call_failed',
          'attempt_failed',
        ],
        'call_finished',
      ],
    );
  });

  it('goes on at once when the server asks for a longer wait than the limit', async (t) => {
    const busy = await startModelServer(t, 'anthropic', [
      failing(429, 'later', 'rate_limit_error', { 'retry-after': '3600' }),
    ]);
    const { model } = openTestModel(busy.env);
    const error = await failureOf(() => model.doStream({ prompt }));
    assert.equal(error.code, 'models.rate_limited');
    assert.equal(error.retryAfterMs, 3_600_000);
  });

  it('lists every model when none could answer', async (t) => {
    const first = await startModelServer(t, 'anthropic', [failing(503)]);
    const second = await startModelServer(t, 'ollama', []);
    await second.close();
    const { model } = openTestModel(
      { ...first.env, ...second.env, TROUPE_MODEL: '' },
      {
        limits: { maxRetries: 0 },
        chain: [
          { provider: 'anthropic', model: 'm' },
          { provider: 'ollama', model: 'n' },
        ],
      },
    );
    const error = await failureOf(() => model.doStream({ prompt }));
    assert.equal(error.code, 'models.chain_exhausted');
    assert.match(
      error.message,
      /anthropic\/m cannot answer now \(status 503\)\..*ollama\/n cannot be reached at 127/,
    );
    assert.ok(error.retryable);
  });

  it('leaves a model alone after five failures in a row, and tries it again half a minute later', async (t) => {
    const server = await startModelServer(t, 'anthropic', [
      ...Array.from({ length: 5 }, () => failing(500)),
      { reply: fine },
    ]);
    const clock = steppedClock();
    const { model, events } = openTestModel(server.env, { clock, limits: { maxRetries: 0 } });
    for (let call = 0; call < 5; call++) await failureOf(() => model.doStream({ prompt }));
    const refused = await failureOf(() => model.doStream({ prompt }));
    assert.equal(refused.code, 'models.circuit_open');
    assert.equal(refused.retryAfterMs, 30_000);
    assert.match(
      refused.message,
      /5 times in a row.*The last time: anthropic\/\S+ cannot answer now \(status 500\)/,
    );
    assert.equal(server.requests.length, 5);
    assert.equal(events.filter(({ type }) => type === 'circuit_opened').length, 1);
    clock.step(30_000);
    assert.equal((await readParts(await model.doStream({ prompt }))).text, 'fine');
  });

  it('[X2] reaches the third model of one server after the first two failed', async (t) => {
    const server = await startModelServer(t, 'openai-compatible', [
      ...Array.from({ length: 3 }, () => failing(500)),
      ...Array.from({ length: 3 }, () => failing(503)),
      { reply: fine },
    ]);
    const chain = ['first', 'second', 'third'].map((model) => ({
      provider: 'openai-compatible' as const,
      model,
    }));
    const { model } = openTestModel(
      { ...server.env, TROUPE_MODEL: '' },
      { limits: { retryDelayMs: 0 }, chain },
    );
    assert.equal((await readParts(await model.doStream({ prompt }))).text, 'fine');
    assert.deepEqual(
      server.requests.map((request) => request.model),
      ['first', 'first', 'first', 'second', 'second', 'second', 'third'],
    );
  });
});

describe('an answer that is none', () => {
  it('of HTML is not retried and points to base_url', async (t) => {
    const server = await startModelServer(t, 'openai', [{ reply: { rawBody: '<h1>Sign in</h1>' } }]);
    const { model } = openTestModel(server.env);
    const error = await failureOf(() => model.doStream({ prompt }));
    assert.equal(error.code, 'models.bad_response');
    assert.match(error.line, /"text\/html".*base_url/);
  });

  it('of a redirect is not followed, so that the key stays where it belongs', async (t) => {
    const elsewhere = await startModelServer(t, 'anthropic', []);
    const headers = { location: `${elsewhere.baseUrl}/messages` };
    const server = await startModelServer(t, 'anthropic', [{ reply: { status: 307, headers } }]);
    const { model } = openTestModel(server.env);
    assert.equal((await failureOf(() => model.doStream({ prompt }))).code, 'models.bad_response');
    assert.equal(elsewhere.requests.length, 0);
  });

  it('because nobody listens is retried and then told with the address', async (t) => {
    const server = await startModelServer(t, 'openai-compatible', []);
    await server.leave();
    const { model } = openTestModel(server.env, { limits: { retryDelayMs: 0 } });
    const error = await failureOf(() => model.doStream({ prompt }));
    assert.equal(error.code, 'models.unreachable');
    assert.match(error.message, /127\.0\.0\.1/);
  });
});

describe('a circuit that opens between two attempts', () => {
  it('ends the retries at once, with the reason that opened it', async (t) => {
    const server = await startModelServer(t, 'anthropic', [failing(500), failing(503)]);
    const { model } = openTestModel(server.env, { limits: { breakerFailures: 2, retryDelayMs: 0 } });
    assert.equal((await failureOf(() => model.doStream({ prompt }))).code, 'models.overloaded');
  });
});

describe('a server that is back', () => {
  it('takes all calls again as soon as the first one is being answered', async (t) => {
    const server = await startModelServer(t, 'anthropic', [
      failing(500),
      { reply: { text: 'slowly ', ends: 'endless' } },
      { reply: fine },
    ]);
    const clock = steppedClock();
    const { model } = openTestModel(server.env, { clock, limits: { maxRetries: 0, breakerFailures: 1 } });
    await failureOf(() => model.doStream({ prompt }));
    clock.step(30_000);
    const { stream } = await model.doStream({ prompt });
    assert.equal((await readParts(await model.doStream({ prompt }))).text, 'fine');
    await stream.cancel();
    await server.disconnected.next();
  });
});
