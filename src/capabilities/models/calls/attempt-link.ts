import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';
import type { AppError } from '../../../kernel/index.ts';
import { costOf } from '../budget/cost.ts';
import { readUsage, toProviderUsage, type CallUsage } from '../budget/usage.ts';
import { labelOf, type ModelChainLink } from '../chain/model-chain.ts';
import { openLinkModel } from '../providers/link-model.ts';
import { spanOf } from '../tracing/span.ts';
import { isOutage } from './after-failure.ts';
import { answerMeter, wireLimitBytes } from './answer-size.ts';
import { maxOutputTokensOf, type CallContext } from './call-context.ts';
import type { Passage } from './circuit-breaker.ts';
import { classifyFailure } from './classify-failure.ts';
import { openAttempt, type OpenedStream } from './open-attempt.ts';
import { turnStream } from './turn-stream.ts';

/**
 * One attempt at one model: sets budget aside, calls, and returns the turn's stream once the answer has begun.
 * Guarantee: budget, breaker, event and span are each told the outcome once, whichever way it ends.
 * `onBroken` hears of a turn that broke off after it had begun, and gives the error to show instead.
 * Throws an `AppError`, or the abort's reason.
 */
export async function attemptLink(
  context: CallContext,
  link: ModelChainLink,
  passage: Passage,
  onBroken: (error: AppError) => AppError = (error) => error,
): Promise<ReadableStream<LanguageModelV4StreamPart>> {
  const { options, signal, redact } = context;
  const { clock, limits, env, budget } = options;
  const name = labelOf(link);
  const maxOutputTokens = maxOutputTokensOf(context, link);
  const estimatedTokens = context.inputTokens ?? 0;
  const reservation = budget.reserve({
    link,
    inputTokens: context.inputTokens,
    maxOutputTokens,
    nowMs: clock.now(),
  });
  const startedAt = clock.now();
  const startedMs = clock.monotonicMs();

  const report = (end: {
    usage: CallUsage | undefined;
    costUsd?: number;
    finishReason?: string;
    errorCode?: string;
  }) => {
    const durationMs = clock.monotonicMs() - startedMs;
    const { usage, costUsd, finishReason, errorCode } = end;
    options.onSpan?.(
      spanOf({
        link,
        startedAt,
        endedAt: startedAt + durationMs,
        maxOutputTokens,
        usage,
        costUsd,
        finishReason,
        errorCode,
      }),
    );
    if (errorCode !== undefined)
      context.emit({ type: 'call_failed', link: name, durationMs, code: errorCode, usage });
    else if (usage !== undefined)
      context.emit({ type: 'call_finished', link: name, durationMs, usage, costUsd: costUsd ?? 0 });
  };
  const fail = (thrown: unknown, delivered: number | undefined): Error => {
    const error = classifyFailure(thrown, { link, redact, estimatedTokens });
    // What sent more bytes than the longest answer takes, and no word that can be read, will be billed all the same.
    const outputTokens = delivered ?? (error.code === 'models.answer_too_long' ? maxOutputTokens : undefined);
    const usage =
      outputTokens === undefined
        ? undefined
        : readUsage(undefined, { inputTokens: estimatedTokens, outputTokens });
    const costUsd = usage === undefined ? undefined : reservation.settle(usage);
    reservation.release();
    const stopped = signal?.aborted === true;
    if (stopped || !isOutage(error)) passage.abandoned();
    else if (passage.failed(error.message))
      context.emit({ type: 'circuit_opened', link: name, openMs: limits.breakerOpenMs });
    report({
      usage,
      ...(costUsd === undefined ? {} : { costUsd }),
      errorCode: stopped ? 'call.cancelled' : error.code,
    });
    if (stopped) return signal.reason as Error;
    return delivered === undefined ? error : onBroken(error);
  };

  let opened: OpenedStream;
  try {
    const linkModel = await openLinkModel({
      link,
      env,
      limits,
      clock,
      redact,
      estimatedTokens,
      maxOutputTokens,
      answerLimitBytes: wireLimitBytes({ input: estimatedTokens, maxOutput: maxOutputTokens }),
    });
    const { temperature = context.call.temperature } = link;
    const call = { ...context.call, maxOutputTokens, ...(temperature === undefined ? {} : { temperature }) };
    opened = await openAttempt(linkModel, call, name);
  } catch (thrown) {
    throw fail(thrown, undefined);
  }

  passage.begun();
  const what = [...new Set(opened.notPassedOn)];
  if (what.length > 0) context.emit({ type: 'not_passed_on', link: name, what });

  return turnStream(
    opened,
    name,
    answerMeter(name, maxOutputTokens),
    {
      finished(finish, delivered) {
        const usage = readUsage(finish.usage, { inputTokens: estimatedTokens, outputTokens: delivered });
        const costUsd = reservation.settle(usage);
        passage.succeeded();
        report({ usage, costUsd, finishReason: finish.finishReason.unified });
        const troupe = {
          provider: link.provider,
          model: link.model,
          costUsd,
          usageEstimated: usage.estimated,
        };
        const providerMetadata = { ...finish.providerMetadata, troupe };
        return {
          ...finish,
          usage: usage.estimated ? toProviderUsage(usage) : finish.usage,
          providerMetadata,
        };
      },
      broken: fail,
      cancelled(delivered) {
        const usage = readUsage(undefined, { inputTokens: estimatedTokens, outputTokens: delivered });
        reservation.settle(usage);
        passage.abandoned();
        report({ usage, costUsd: costOf(usage, link, startedAt), errorCode: 'call.cancelled' });
      },
    },
    signal,
  );
}
