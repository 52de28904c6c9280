import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { bytesPerToken } from '../budget/estimate-tokens.ts';
import { modelErrors } from '../errors.ts';

/**
 * No tokenizer in use writes more than this for a token, on the average of a text: 4 in English, 8 in Russian, 10 in Hindi.
 */
const mostBytesPerToken = 16;

/** An answer of a few tokens may be a sentence. */
const shortAnswerBytes = 4 * 1024;

/** A token comes as an event of its own: 150 to 700 bytes with most providers. */
const eventBytesPerToken = 1024;

/** Some providers send instructions and tools back, up to three times. */
const echoBytesPerToken = 16;

/** Headers, pings and closing events of an answer. */
const aroundBytes = 1024 * 1024;

/** Most bytes that an answer of so many tokens takes on the wire. */
export function wireLimitBytes(tokens: { input: number; maxOutput: number }): number {
  return aroundBytes + tokens.input * echoBytesPerToken + tokens.maxOutput * eventBytesPerToken;
}

/** How much of an answer has come. */
export interface AnswerMeter {
  /** Errors: `models.answer_too_long`, once it is longer than any answer of `maxOutputTokens` can be. */
  add(part: LanguageModelV4StreamPart): void;
  /** A guess at the tokens so far. */
  tokens(): number;
}

/** Measures an answer while it comes, since not every server keeps to the limit that it is sent. */
export function answerMeter(link: string, maxOutputTokens: number): AnswerMeter {
  const limitBytes = shortAnswerBytes + maxOutputTokens * mostBytesPerToken;
  const streamedInputs = new Set<string>();
  let sizeBytes = 0;
  const tokens = () => Math.ceil(sizeBytes / bytesPerToken);
  return {
    tokens,
    add(part) {
      if (part.type === 'tool-input-start') streamedInputs.add(part.id);
      sizeBytes += bytesOf(part, streamedInputs);
      if (sizeBytes <= limitBytes) return;
      const facts = { link, unit: 'tokens' as const, limit: maxOutputTokens, received: tokens() };
      throw modelErrors.make('models.answer_too_long', facts);
    },
  };
}

function bytesOf(part: LanguageModelV4StreamPart, streamedInputs: ReadonlySet<string>): number {
  switch (part.type) {
    case 'text-delta':
    case 'reasoning-delta':
    case 'tool-input-delta':
      return Buffer.byteLength(part.delta);
    case 'tool-input-start':
      return Buffer.byteLength(part.toolName);
    case 'tool-call':
      // Some providers send a call in one piece.
      if (streamedInputs.has(part.toolCallId)) return 0;
      return Buffer.byteLength(part.toolName) + Buffer.byteLength(part.input);
    default:
      return 0;
  }
}
