import type {
  LanguageModelV4CallOptions,
  LanguageModelV4StreamPart,
  SharedV4Warning,
} from '@ai-sdk/provider';
import { cutOff, isCutOff } from './cut-off.ts';
import { isUnknownEvent } from './unknown-event.ts';
import type { LinkModel } from '../providers/link-model.ts';

/** Parts that say nothing yet: a failure after them can still be repaired without anybody noticing. */
const preliminary = new Set<LanguageModelV4StreamPart['type']>([
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
  /**
   * What the provider's library could not pass on, by name. Taken out of the stream: the AI SDK prints the warnings it finds
   * there, and some quote the conversation.
   */
  notPassedOn: string[];
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
  const notPassedOn: string[] = [];
  for (;;) {
    const { done, value } = await rest.read();
    if (done) throw cutOff(link);
    if (value.type === 'error') {
      if (isUnknownEvent(value.error)) continue;
      await rest.cancel().catch(() => undefined);
      throw value.error;
    }
    if (value.type === 'finish' && isCutOff(value)) throw cutOff(link);
    if (value.type === 'stream-start') {
      notPassedOn.push(...value.warnings.map(nameOfWarning));
      head.push({ ...value, warnings: [] });
      continue;
    }
    head.push(value);
    if (!preliminary.has(value.type)) return { head, rest, notPassedOn };
  }
}

function nameOfWarning(warning: SharedV4Warning): string {
  switch (warning.type) {
    case 'unsupported':
    case 'compatibility':
      return warning.feature;
    case 'deprecated':
      return warning.setting;
    case 'other':
      return 'part of the conversation';
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
