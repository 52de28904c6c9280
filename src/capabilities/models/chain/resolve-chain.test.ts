import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { resolveModelChain } from './resolve-chain.ts';

const resolve = (
  env: Record<string, string>,
  chain?: Parameters<typeof resolveModelChain>[0]['settings']['chain'],
) => resolveModelChain({ settings: { chain }, env });
const summary = (env: Record<string, string>) =>
  resolve(env).links.map(({ provider, model, baseUrl, keyEnv }) => [provider, model, baseUrl, keyEnv]);

describe('the chain from the environment', () => {
  it('[X1] is empty, and offline, when there is nothing', () => {
    const chain = resolve({ PATH: '/usr/bin', OPENAI_API_KEY: '  ' });
    assert.deepEqual(chain, { links: [], fingerprint: '', label: 'offline reviewer', problems: [] });
  });

  const cases: [string, Record<string, string>, unknown[][]][] = [
    [
      'Anthropic',
      { ANTHROPIC_API_KEY: 'k' },
      [['anthropic', 'claude-sonnet-5-5', undefined, 'ANTHROPIC_API_KEY']],
    ],
    [
      'OpenAI behind a gateway',
      { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: 'https://gateway.example/openai/' },
      [['openai', 'gpt-6.1-sol', 'https://gateway.example/openai', 'OPENAI_API_KEY']],
    ],
    ['Google', { GEMINI_API_KEY: 'k' }, [['google', 'gemini-3.8-flash', undefined, 'GEMINI_API_KEY']]],
    [
      'Azure by resource',
      { AZURE_API_KEY: 'k', AZURE_RESOURCE_NAME: 'Team-1', AZURE_DEPLOYMENT: 'gpt-6-sol' },
      [['azure', 'gpt-6-sol', 'https://team-1.openai.azure.com/openai', 'AZURE_API_KEY']],
    ],
    [
      'an OpenAI-compatible server without a key',
      { OPENAI_COMPATIBLE_BASE_URL: 'http://localhost:1234', OPENAI_COMPATIBLE_MODEL: 'm' },
      [['openai-compatible', 'm', 'http://localhost:1234/v1', undefined]],
    ],
    [
      'Ollama by host and port',
      { OLLAMA_HOST: '0.0.0.0:11500' },
      [['ollama', 'qwen3:8b', 'http://127.0.0.1:11500', undefined]],
    ],
    [
      'Ollama by host',
      { OLLAMA_HOST: 'gpu-box', OLLAMA_MODEL: 'm' },
      [['ollama', 'm', 'http://gpu-box:11434', undefined]],
    ],
    [
      'Ollama by address',
      { OLLAMA_BASE_URL: 'http://localhost:1/api' },
      [['ollama', 'qwen3:8b', 'http://localhost:1', undefined]],
    ],
  ];
  for (const [what, env, links] of cases) {
    it(`[X2] finds ${what}`, () => assert.deepEqual(summary(env), links));
  }

  it('[X2] puts hosted providers first and the local server last', () => {
    const env = { OLLAMA_HOST: 'localhost', GOOGLE_GENERATIVE_AI_API_KEY: 'g', ANTHROPIC_API_KEY: 'a' };
    assert.equal(
      resolve(env).label,
      'anthropic/claude-sonnet-5-5 > google/gemini-3.8-flash > ollama/qwen3:8b',
    );
  });

  it('leaves out what is set up by half, and says why', () => {
    const chain = resolve({ AZURE_API_KEY: 'k', AZURE_RESOURCE_NAME: 'r', OPENAI_API_KEY: 'o' });
    assert.equal(chain.label, 'openai/gpt-6.1-sol');
    assert.deepEqual(
      chain.problems.map(({ code }) => code),
      ['models.model_missing'],
    );
    assert.match(chain.problems[0]!.remedy, /AZURE_DEPLOYMENT/);
  });
});

describe('TROUPE_MODEL', () => {
  it('[X2] chooses one model and no other, so that a local choice stays local', () => {
    const env = {
      ANTHROPIC_API_KEY: 'a',
      OLLAMA_HOST: 'localhost',
      TROUPE_MODEL: 'ollama/hf.co/team/model:q4',
    };
    assert.equal(resolve(env).label, 'ollama/hf.co/team/model:q4');
  });

  it('can choose the offline reviewer', () => {
    assert.equal(resolve({ ANTHROPIC_API_KEY: 'a', TROUPE_MODEL: 'offline' }).fingerprint, '');
  });

  it('keeps the address and limits of the configured entry it names', () => {
    const chain = [{ provider: 'ollama', model: 'm', base_url: 'http://gpu:1', context_tokens: 8_192 }];
    const [link] = resolve({ TROUPE_MODEL: 'ollama/m' }, chain).links;
    assert.equal(link?.baseUrl, 'http://gpu:1');
    assert.equal(link?.contextTokens, 8_192);
  });

  it('names the variable that is missing', () => {
    assert.throws(() => resolve({ TROUPE_MODEL: 'anthropic/x' }), {
      code: 'models.key_missing',
      message: /ANTHROPIC_API_KEY/,
    });
    assert.throws(() => resolve({ TROUPE_MODEL: 'claude' }), {
      code: 'models.unknown_provider',
      message: /TROUPE_MODEL/,
    });
    assert.throws(() => resolve({ TROUPE_MODEL: 'azure/d', AZURE_API_KEY: 'k' }), {
      code: 'models.base_url_missing',
    });
  });
});

describe('the configured chain', () => {
  it('goes before the environment and keeps its order', () => {
    const env = { ANTHROPIC_API_KEY: 'a', OPENAI_API_KEY: 'o', GEMINI_API_KEY: 'g' };
    const chain = [
      { provider: 'openai', model: 'gpt-6-luna', max_output_tokens: 100 },
      { provider: 'anthropic' },
    ];
    const resolved = resolve(env, chain);
    assert.equal(resolved.label, 'openai/gpt-6-luna > anthropic/claude-sonnet-5-5');
    assert.equal(resolved.links[0]?.maxOutputTokens, 100);
  });

  it('is never replaced by the offline reviewer when a key is missing', () => {
    assert.throws(() => resolve({}, [{ provider: 'openai', model: 'm' }]), { code: 'models.key_missing' });
  });

  for (const [what, link] of [
    [
      'an address without its own key variable',
      { provider: 'openai', model: 'm', base_url: 'https://evil.example/v1' },
    ],
    [
      'the key of another provider',
      {
        provider: 'openai-compatible',
        model: 'm',
        base_url: 'https://evil.example',
        key_env: 'OPENAI_API_KEY',
      },
    ],
    [
      'an Azure address that is not yours',
      { provider: 'azure', model: 'm', base_url: 'https://evil.example', key_env: 'OPENAI_API_KEY' },
    ],
  ] as const) {
    it(`cannot send a provider's key elsewhere: ${what}`, () => {
      const env = { OPENAI_API_KEY: 'sk-secret-secret-secret', AZURE_API_KEY: 'z' };
      assert.throws(
        () => resolve(env, [link]),
        (error: Error & { code?: string }) =>
          error.code === 'models.key_misdirected' &&
          /evil\.example/.test(error.message) &&
          !/secret/.test(error.message),
      );
    });
  }

  it('sends a server of its own no key of the environment', () => {
    const env = { OPENAI_COMPATIBLE_BASE_URL: 'https://mine.example', OPENAI_COMPATIBLE_API_KEY: 'k' };
    const [link] = resolve(env, [
      { provider: 'openai-compatible', model: 'm', base_url: 'https://evil.example' },
    ]).links;
    assert.equal(link?.keyEnv, undefined);
  });

  it('takes another address together with the key variable meant for it', () => {
    const [link] = resolve({ RELAY_KEY: 'r' }, [
      { provider: 'anthropic', model: 'm', base_url: 'https://relay.example', key_env: 'RELAY_KEY' },
    ]).links;
    assert.deepEqual([link?.baseUrl, link?.keyEnv], ['https://relay.example/v1', 'RELAY_KEY']);
  });

  for (const base_url of [
    'file:///etc/passwd',
    'https://user:pass@host.example',
    'https://host.example/?key=1',
  ]) {
    it(`refuses ${base_url.replace('user:pass', '…')} without repeating it`, () => {
      assert.throws(
        () => resolve({}, [{ provider: 'ollama', base_url }]),
        (error: Error & { code?: string }) => {
          return error.code === 'models.base_url_invalid' && !error.message.includes(base_url);
        },
      );
    });
  }
});

describe('the fingerprint', () => {
  const env = { ANTHROPIC_API_KEY: 'key-one', OLLAMA_HOST: 'localhost' };

  it('changes with keys, servers and models, and with nothing else', () => {
    const base = resolve(env).fingerprint;
    assert.match(base, /^[0-9a-f]{32}$/);
    assert.equal(resolve({ ...env, OTHER: 'x' }).fingerprint, base);
    assert.notEqual(resolve({ ...env, ANTHROPIC_API_KEY: 'key-two' }).fingerprint, base);
    assert.notEqual(resolve({ ...env, OLLAMA_HOST: 'other' }).fingerprint, base);
    assert.notEqual(resolve({ ...env, OLLAMA_MODEL: 'other' }).fingerprint, base);
  });

  it('and the rest of the chain hold no key', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6, unit: fc.constantFrom('k', 'K', '7', '-', '_') }), (key) => {
        const chain = resolve({ ANTHROPIC_API_KEY: key, OPENAI_API_KEY: key });
        assert.ok(!JSON.stringify(chain).includes(key));
      }),
    );
  });
});
