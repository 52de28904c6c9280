import { isAppError, type AppError } from '../../../kernel/index.ts';
import { labelOf, type ModelChainLink } from '../chain/model-chain.ts';
import { modelErrors } from '../errors.ts';
import type { Redact } from '../http/redact.ts';
import { errorOfAnswer, isRecord } from '../http/status-errors.ts';

/** Words that providers put into error events of a stream, where no status tells. */
const statusOfType: [RegExp, number][] = [
  [/overloaded/i, 529],
  [/rate_limit|resource_exhausted|too_many_requests/i, 429],
  [/authentication|unauthenticated/i, 401],
  [/permission/i, 403],
  [/not_found/i, 404],
  [/invalid_request|invalid_argument|context_length/i, 400],
  [/insufficient_quota|billing/i, 402],
];

/** The provider library refused to send the call: the same call would fail again. */
const refusedByLibrary =
  /^AI_(InvalidPrompt|InvalidArgument|UnsupportedFunctionality|NoSuchModel|LoadAPIKey|LoadSetting)Error$/;

/**
 * Turns whatever came out of a provider's library into an `AppError` without prompt, headers or keys.
 * Everything that is not understood counts as a broken answer, which is retried.
 */
export function classifyFailure(
  thrown: unknown,
  context: { link: ModelChainLink; redact: Redact; estimatedTokens: number },
): AppError {
  const known = findInCauses(thrown);
  if (known !== undefined) return known;
  const link = labelOf(context.link);
  const facts = isRecord(thrown) ? thrown : {};
  const said = typeof thrown === 'string' ? thrown : facts['message'];
  const text = typeof said === 'string' ? said : 'no reason given';
  if (refusedByLibrary.test(String(facts['name']))) {
    return modelErrors.make('models.request_refused', {
      link,
      status: 0,
      said: `: "${context.redact(text)}".`,
    });
  }
  // Some libraries make a failed call of an error event that comes before the first word; no other of theirs has a status.
  const failedCall = facts['name'] === 'AI_APICallError' && Number(facts['statusCode']) >= 400;
  if (typeof facts['name'] !== 'string' || failedCall) {
    const type = [facts['type'], facts['code'], facts['status']]
      .filter((word) => typeof word === 'string')
      .join(' ');
    const status = statusIn(facts, type);
    if (status !== undefined) return errorOfAnswer(context.link, { status, type, message: text }, context);
  }
  return modelErrors.make('models.stream_broken', { link, reason: context.redact(firstLine(text)) });
}

function findInCauses(thrown: unknown): AppError | undefined {
  for (let error = thrown, depth = 0; isRecord(error) && depth < 8; error = error['cause'], depth++) {
    if (isAppError(error)) return error;
  }
  return undefined;
}

function statusIn(facts: Record<string, unknown>, type: string): number | undefined {
  if (typeof facts['statusCode'] === 'number') return facts['statusCode'];
  if (typeof facts['code'] === 'number') return facts['code'];
  return statusOfType.find(([words]) => words.test(type))?.[1];
}

function firstLine(text: string): string {
  const line = text.split('\n', 1)[0]!;
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
