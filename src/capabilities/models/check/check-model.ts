import { isAppError, systemClock, toAppError, type AppError, type Clock } from '../../../kernel/index.ts';
import { openJobBudget } from '../budget/job-budget.ts';
import { defaultModelLimits, type ModelLimits } from '../calls/call-limits.ts';
import { openCircuitBreaker } from '../calls/circuit-breaker.ts';
import { openChainModel } from '../chain-model.ts';
import { labelOf, type ModelChainLink } from '../chain/model-chain.ts';
import { providerFacts } from '../chain/provider-facts.ts';
import { modelErrors } from '../errors.ts';
import { redactorOf } from '../http/redact.ts';
import { isRecord } from '../http/status-errors.ts';
import { keyOf } from '../providers/link-model.ts';

/** Whether a model can be used now; `problem` names what is wrong and how to fix it. */
export type ModelCheck = { ok: true } | { ok: false; problem: AppError };

/** The longest list of models there is has a few megabytes. */
const answerLimitBytes = 16 * 1024 * 1024;

interface CheckContext {
  env: NodeJS.ProcessEnv;
  clock?: Clock;
  limits?: ModelLimits;
}

/**
 * Whether a model can be used now: the server answers, takes the key and knows the model.
 * Asks for the model's description, which costs nothing; where a provider has none (Azure, and OpenAI-compatible servers
 * without a list) it asks for an answer of a few tokens. One attempt, within the usual time-outs.
 */
export async function checkModel(link: ModelChainLink, context: CheckContext): Promise<ModelCheck> {
  try {
    if (link.provider === 'azure') await askForFewTokens(link, context);
    else await askForModel(link, context);
    return { ok: true };
  } catch (error) {
    return { ok: false, problem: toAppError(error) };
  }
}

async function askForModel(link: ModelChainLink, context: CheckContext): Promise<void> {
  const { provider, model } = link;
  const baseUrl = link.baseUrl ?? providerFacts[provider].publicBaseUrl!;
  switch (provider) {
    case 'anthropic':
    case 'openai':
    case 'google':
      await get(link, `${baseUrl}/models/${encodeURIComponent(model)}`, context);
      return;
    case 'ollama': {
      const names = namesIn(await get(link, `${baseUrl}/api/tags`, context), 'models', 'name');
      return mustInclude(link, names, [model, `${model}:latest`]);
    }
    default: {
      let list: unknown;
      try {
        list = await get(link, `${baseUrl}/models`, context);
      } catch (error) {
        if (!isAppError(error, 'models.unknown_model')) throw error;
        return askForFewTokens(link, context);
      }
      mustInclude(link, namesIn(list, 'data', 'id'), [model]);
    }
  }
}

async function get(link: ModelChainLink, url: string, context: CheckContext): Promise<unknown> {
  const { env, clock = systemClock, limits = defaultModelLimits } = context;
  const { guardedFetch } = await import('../http/guarded-fetch.ts');
  const key = keyOf(link, env);
  const fetch = guardedFetch({
    link,
    env,
    clock,
    limits,
    redact: redactorOf([key ?? '']),
    estimatedTokens: 0,
    answerLimitBytes,
  });
  const answer = await fetch(url, { headers: key === undefined ? {} : keyHeaders(link, key) });
  try {
    return await answer.json();
  } catch (error) {
    if (isAppError(error)) throw error;
    const contentType = answer.headers.get('content-type') ?? '';
    throw modelErrors.make('models.bad_response', {
      link: labelOf(link),
      status: answer.status,
      contentType,
    });
  }
}

function keyHeaders(link: ModelChainLink, key: string): Record<string, string> {
  switch (link.provider) {
    case 'anthropic':
      return { 'x-api-key': key, 'anthropic-version': '2023-06-01' };
    case 'google':
      return { 'x-goog-api-key': key };
    default:
      return { authorization: `Bearer ${key}` };
  }
}

async function askForFewTokens(link: ModelChainLink, context: CheckContext): Promise<void> {
  const { env, clock = systemClock, limits = defaultModelLimits } = context;
  const model = openChainModel({
    chain: { links: [link], fingerprint: '', label: labelOf(link) },
    env,
    clock,
    limits: { ...limits, maxRetries: 0 },
    budget: openJobBudget({}),
    breaker: openCircuitBreaker(clock),
  });
  // The smallest answer that all providers accept to be asked for.
  const maxOutputTokens = 16;
  await model.doGenerate({
    prompt: [{ role: 'user', content: [{ type: 'text', text: 'Say ok.' }] }],
    maxOutputTokens,
  });
}

function namesIn(body: unknown, list: string, field: string): string[] {
  const items = isRecord(body) && Array.isArray(body[list]) ? (body[list] as unknown[]) : [];
  return items.flatMap((item) => (isRecord(item) && typeof item[field] === 'string' ? [item[field]] : []));
}

function mustInclude(link: ModelChainLink, names: readonly string[], wanted: readonly string[]): void {
  if (wanted.some((name) => names.includes(name))) return;
  throw modelErrors.make('models.unknown_model', {
    link: labelOf(link),
    provider: providerFacts[link.provider].title,
    model: link.model,
    said: names.length === 0 ? '.' : `; it has ${names.slice(0, 10).join(', ')}.`,
  });
}
