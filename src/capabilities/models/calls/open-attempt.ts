import type { LanguageModelV4CallOptions, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { cutOff, isCutOff } from './cut-off.ts';
import type { LinkModel } from '../providers/link-model.ts';

/** Parts that say nothing yet: a failure after them can still be repaired without anybody noticing. */
const preliminary = new Set<LanguageModelV4StreamPart['type']>([
  'stream-start',
  'response-metadata',
  'custom',
  'raw',
  'ping',
]);

/** A stream whose first real part has come. */
export interface OpenedStream {
  /** What was read to find that out, in order. */
  head: LanguageModelV4StreamPart[];
  rest: ReadableStreamDefaultReader<LanguageModelV4StreamPart>;
}

/**
 * Starts one attempt and waits until the answer has really begun.
 * Throws what the provider threw, and also an error that the stream reports before its first real part.
 */
export async function openAttempt(
  linkModel: LinkModel,
  call: LanguageModelV4CallOptions,
  link: string,
): Promise<OpenedStream> {
  const { stream } = await linkModel.model.doStream({
    ...call,
    includeRawChunks: false,
    providerOptions: mergeOptions(linkModel.providerOptions, call.providerOptions),
  });
  const rest = stream.getReader();
  const head: LanguageModelV4StreamPart[] = [];
  for (;;) {
    const { done, value } = await rest.read();
    if (done) throw cutOff(link);
    if (value.type === 'error') {
      await rest.cancel().catch(() => undefined);
      throw value.error;
    }
    if (value.type === 'finish' && isCutOff(value)) throw cutOff(link);
    head.push(value);
    if (!preliminary.has(value.type)) return { head, rest };
  }
}

function mergeOptions(
  own: LinkModel['providerOptions'],
  given: LanguageModelV4CallOptions['providerOptions'],
): LinkModel['providerOptions'] {
  const merged = { ...own };
  for (const [provider, options] of Object.entries(given ?? {}))
    merged[provider] = { ...merged[provider], ...options };
  return merged;
}
