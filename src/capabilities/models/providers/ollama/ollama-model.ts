import type { LanguageModelV4 } from '@ai-sdk/provider';
import { labelOf, type ModelChainLink } from '../../chain/model-chain.ts';
import { modelErrors } from '../../errors.ts';
import { defaultContextTokens, ollamaRequest } from './ollama-request.ts';
import { ollamaParts } from './ollama-stream.ts';

export interface OllamaModelOptions {
  link: ModelChainLink;
  baseUrl: string;
  apiKey: string | undefined;
  fetch: typeof globalThis.fetch;
  estimatedTokens: number;
  maxOutputTokens: number;
}

/**
 * A model served by Ollama's own protocol, which lets the caller size the context window.
 * Errors: `models.context_too_long` before the call, since the server would cut the prompt silently.
 */
export function openOllamaModel(options: OllamaModelOptions): Pick<LanguageModelV4, 'doStream'> {
  const { link, fetch } = options;
  const contextTokens = link.contextTokens ?? defaultContextTokens;
  return {
    async doStream(call) {
      if (options.estimatedTokens + options.maxOutputTokens > contextTokens) {
        throw modelErrors.make('models.context_too_long', {
          link: labelOf(link),
          estimatedTokens: options.estimatedTokens,
          limitTokens: contextTokens,
        });
      }
      const answer = await fetch(`${options.baseUrl}/api/chat`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(options.apiKey === undefined ? {} : { authorization: `Bearer ${options.apiKey}` }),
        },
        body: JSON.stringify(ollamaRequest(link.model, call, contextTokens)),
        signal: call.abortSignal ?? null,
      });
      let calls = 0;
      const { transform } = ollamaParts(() => `ollama-${(calls += 1)}-${crypto.randomUUID()}`);
      return { stream: answer.body!.pipeThrough(new TextDecoderStream()).pipeThrough(transform) };
    },
  };
}
