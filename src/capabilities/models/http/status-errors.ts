import type { AppError } from '../../../kernel/index.ts';
import { labelOf, type ModelChainLink } from '../chain/model-chain.ts';
import { providerFacts } from '../chain/provider-facts.ts';
import { modelErrors } from '../errors.ts';
import type { Redact } from './redact.ts';

/** What a server said when it did not answer the question. */
export interface FailedAnswer {
  status: number;
  /** From Retry-After; `undefined` when it did not say. */
  retryAfterMs?: number | undefined;
  /** The provider's word for it: `insufficient_quota`, `overloaded_error`. */
  type: string;
  /** The provider's sentence for people. */
  message: string;
}

const noCredit =
  /insufficient_quota|billing|credit balance|insufficient (?:funds|credit|balance)|out of credit/i;
const tooLong =
  /context_length_exceeded|maximum context length|prompt is too long|context window|input token count.{0,40}exceeds|too many tokens|request_too_large|exceed.{0,30}context/i;

/** The error for a status, or for an error event in a stream, told apart by what the provider says. */
export function errorOfAnswer(
  link: ModelChainLink,
  answer: FailedAnswer,
  context: { redact: Redact; estimatedTokens: number },
): AppError {
  const { status } = answer;
  const { title } = providerFacts[link.provider];
  const name = labelOf(link);
  const words = `${answer.type} ${answer.message}`;
  const variable = link.keyEnv ?? providerFacts[link.provider].keyEnvs[0]!;
  const options = { retryAfterMs: answer.retryAfterMs };
  const said = excerptOf(answer.message, context.redact);

  if (status === 402 || ((status === 429 || status === 400 || status === 403) && noCredit.test(words))) {
    return modelErrors.make('models.out_of_credit', { link: name, provider: title, variable });
  }
  if (
    status === 401 ||
    status === 403 ||
    (status === 400 && /api key not valid|api_key_invalid/i.test(words))
  ) {
    return modelErrors.make('models.key_refused', { link: name, provider: title, variable, status });
  }
  if (status === 404) {
    return modelErrors.make('models.unknown_model', { link: name, provider: title, model: link.model, said });
  }
  if (status === 413 || (status === 400 && tooLong.test(words))) {
    return modelErrors.make('models.context_too_long', {
      link: name,
      estimatedTokens: context.estimatedTokens,
      limitTokens: link.contextTokens,
    });
  }
  if (status === 429) return modelErrors.make('models.rate_limited', { link: name, status }, options);
  if (status === 408 || status === 409 || status >= 500) {
    return modelErrors.make('models.overloaded', { link: name, status }, options);
  }
  return modelErrors.make('models.request_refused', { link: name, status, said });
}

/** Finds type and sentence in the error bodies of all providers: `{error: {type, code, message}}`, `{error: "…"}`, `{message}`. */
export function readErrorBody(body: string): { type: string; message: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return { type: '', message: '' };
  }
  // Google sometimes wraps its error in a list.
  const outer = Array.isArray(parsed) ? (parsed[0] as unknown) : parsed;
  if (!isRecord(outer)) return { type: '', message: '' };
  if (typeof outer['error'] === 'string') return { type: '', message: outer['error'] };
  const error = isRecord(outer['error']) ? outer['error'] : outer;
  const words = [error['type'], error['code'], error['status']].filter((word) => typeof word === 'string');
  return { type: words.join(' '), message: typeof error['message'] === 'string' ? error['message'] : '' };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function excerptOf(message: string, redact: Redact): string {
  const clean = redact(message.replace(/\s+/g, ' ').trim());
  if (clean === '') return '.';
  return `: "${clean.length > 300 ? `${clean.slice(0, 300)}…` : clean}".`;
}
