import { z } from 'zod';
import { setting } from '../setting.ts';

/** `anthropic/some-model` stands for `{ provider, model }`. */
function fromShorthand(link: unknown): unknown {
  if (typeof link !== 'string') return link;
  const slash = link.indexOf('/');
  return slash < 0 ? { provider: link } : { provider: link.slice(0, slash), model: link.slice(slash + 1) };
}

// Written as in the file: the link is data that travels, and the models capability gives its fields their meaning.
const modelLink = z.preprocess(
  fromShorthand,
  z.strictObject({
    provider: z
      .string()
      .min(1)
      .max(60)
      .describe('anthropic, openai, google, azure, openai-compatible or ollama.'),
    model: z.string().min(1).max(200).optional().describe("The provider's name of the model."),
    base_url: z
      .string()
      .min(1)
      .max(2_000)
      .optional()
      .describe('Address of the server, for compatible servers and Azure.'),
    key_env: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe('Name of the environment variable that holds the key.'),
    max_output_tokens: z
      .int()
      .min(1)
      .max(1_000_000)
      .optional()
      .describe('Most tokens of one answer of this model.'),
    temperature: z.number().min(0).max(2).optional().describe('Sampling temperature, 0 to 2.'),
    context_tokens: z
      .int()
      .min(1_000)
      .max(100_000_000)
      .optional()
      .describe("Size of the model's context window, tokens."),
    price: z
      .strictObject({
        input: z.number().min(0).max(10_000).describe('US dollars for one million input tokens.'),
        output: z.number().min(0).max(10_000).describe('US dollars for one million output tokens.'),
      })
      .optional()
      .describe('Price where the table does not know the model.'),
  }),
);

export const modelsSettings = z.object({
  chain: setting(
    z.array(modelLink).max(20).default([]),
    'Models in order of preference: provider/model, or the fields provider, model, base_url, key_env, ' +
      'max_output_tokens, temperature, context_tokens, price. Empty: what the environment offers, else the offline reviewer.',
    { trust: 'user' },
  ),
  connectTimeoutMs: setting(
    z.int().min(100).max(120_000).default(5_000),
    'Longest wait for a connection, in milliseconds.',
  ),
  idleTimeoutMs: setting(
    z.int().min(1_000).max(600_000).default(60_000),
    'Longest silence in the stream of an answer, in milliseconds.',
  ),
  callTimeoutMs: setting(
    z.int().min(1_000).max(3_600_000).default(600_000),
    'Longest time of one model call in all, in milliseconds.',
  ),
  maxRetries: setting(
    z.int().min(0).max(10).default(2),
    'Further attempts of one call after overload, rate limits and broken streams.',
  ),
  retryDelayMs: setting(
    z.int().min(0).max(60_000).default(1_000),
    'Wait before the first further attempt, in milliseconds; doubled for each next one.',
  ),
  maxRetryAfterMs: setting(
    z.int().min(0).max(600_000).default(30_000),
    'A server that asks for a longer wait is left for the next model, in milliseconds.',
  ),
  breakerFailures: setting(
    z.int().min(1).max(100).default(5),
    'Failures in a row after which a model is left alone.',
  ),
  breakerOpenMs: setting(
    z.int().min(100).max(3_600_000).default(30_000),
    'How long a failing model is left alone, in milliseconds.',
  ),
});
