import { providerFacts } from '../chain/provider-facts.ts';
import type { ModelChainLink } from '../chain/model-chain.ts';
import type { CallUsage } from '../budget/usage.ts';

/**
 * One finished model call in the words of OpenTelemetry's semantic conventions for generative AI.
 * Holds no prompt, no answer, no key.
 */
export interface ModelSpan {
  /** `chat {model}` */
  name: string;
  /** Milliseconds since 1970. */
  startedAt: number;
  endedAt: number;
  attributes: Record<string, string | number | boolean>;
  /** `undefined` when the call succeeded. */
  errorCode: string | undefined;
}

/** Receives each finished call. Must not throw; is not awaited. */
export type OnSpan = (span: ModelSpan) => void;

const systemNames = {
  anthropic: 'anthropic',
  openai: 'openai',
  google: 'gcp.gemini',
  azure: 'azure.ai.openai',
  'openai-compatible': 'openai-compatible',
  ollama: 'ollama',
} as const;

/** Builds the span of a call from what is known at its end. */
export function spanOf(call: {
  link: ModelChainLink;
  startedAt: number;
  endedAt: number;
  maxOutputTokens: number;
  usage: CallUsage | undefined;
  costUsd: number | undefined;
  finishReason: string | undefined;
  errorCode: string | undefined;
}): ModelSpan {
  const { link, usage } = call;
  const attributes: ModelSpan['attributes'] = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': systemNames[link.provider],
    'gen_ai.request.model': link.model,
    'gen_ai.request.max_tokens': call.maxOutputTokens,
    'server.address': new URL(link.baseUrl ?? providerFacts[link.provider].publicBaseUrl!).hostname,
  };
  if (link.temperature !== undefined) attributes['gen_ai.request.temperature'] = link.temperature;
  if (usage !== undefined) {
    attributes['gen_ai.usage.input_tokens'] = usage.inputTokens;
    attributes['gen_ai.usage.output_tokens'] = usage.outputTokens;
    attributes['troupe.usage.estimated'] = usage.estimated;
  }
  if (call.costUsd !== undefined) attributes['troupe.cost_usd'] = call.costUsd;
  if (call.finishReason !== undefined) attributes['gen_ai.response.finish_reasons'] = call.finishReason;
  if (call.errorCode !== undefined) attributes['error.type'] = call.errorCode;
  const { startedAt, endedAt, errorCode } = call;
  return { name: `chat ${link.model}`, startedAt, endedAt, attributes, errorCode };
}
