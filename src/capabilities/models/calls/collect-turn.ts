import type {
  LanguageModelV4Content,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
} from '@ai-sdk/provider';

/**
 * Reads a turn to its end and returns it in one piece.
 * Throws the error of a turn that broke off; nothing of it is kept.
 */
export async function collectTurn(
  stream: ReadableStream<LanguageModelV4StreamPart>,
): Promise<LanguageModelV4GenerateResult> {
  const content: LanguageModelV4Content[] = [];
  const open = new Map<string, Extract<LanguageModelV4Content, { type: 'text' | 'reasoning' }>>();
  const result: Omit<LanguageModelV4GenerateResult, 'finishReason' | 'usage'> = { content, warnings: [] };

  for await (const part of stream) {
    switch (part.type) {
      case 'stream-start':
        result.warnings = part.warnings;
        break;
      case 'response-metadata': {
        const { type: _, ...metadata } = part;
        result.response = metadata;
        break;
      }
      case 'text-start':
      case 'reasoning-start': {
        const block = {
          type: part.type === 'text-start' ? ('text' as const) : ('reasoning' as const),
          text: '',
        };
        open.set(part.id, block);
        content.push(block);
        break;
      }
      case 'text-delta':
      case 'reasoning-delta':
      case 'text-end':
      case 'reasoning-end': {
        const block = open.get(part.id);
        if (block === undefined) break;
        if ('delta' in part) block.text += part.delta;
        if (part.providerMetadata !== undefined) block.providerMetadata = part.providerMetadata;
        break;
      }
      case 'error':
        throw part.error;
      case 'finish': {
        const { finishReason, usage, providerMetadata } = part;
        return {
          ...result,
          finishReason,
          usage,
          ...(providerMetadata === undefined ? {} : { providerMetadata }),
        };
      }
      case 'tool-input-start':
      case 'tool-input-delta':
      case 'tool-input-end':
      case 'ping':
      case 'raw':
        break;
      default:
        content.push(part);
    }
  }
  throw new TypeError('a turn stream ends with finish or error');
}
