import type { Clock } from '../../../kernel/index.ts';
import { isLoopback } from '../chain/base-url.ts';
import { configuredLink } from '../chain/configured-link.ts';
import { labelOf } from '../chain/model-chain.ts';
import type { ModelLinkSettings } from '../chain/model-settings.ts';
import { providerFacts } from '../chain/provider-facts.ts';
import { modelErrors } from '../errors.ts';
import { keyOf } from '../providers/link-model.ts';
import type { HttpLimits } from './call-watch.ts';
import { redactorOf } from './redact.ts';

/** Vectors of a batch of texts, as numbers in JSON. */
const answerLimitBytes = 64 * 1024 * 1024;

/** A model server for calls other than conversations. */
export interface OpenServer {
  /** `ollama/nomic-embed-text` */
  label: string;
  /** Whether it runs on this machine, so that nothing leaves it. */
  isLocal: boolean;
  /**
   * Calls `path` below the server's root, with its key and within the limits; a body makes it a POST.
   * Errors: those of the HTTP client (`models.unreachable`, `models.timed_out`, `models.key_refused`, …), and
   * `models.bad_response` for what is not JSON.
   */
  json(path: string, call?: { body?: object; signal?: AbortSignal | undefined }): Promise<unknown>;
}

/**
 * Opens a server as an entry of `models.chain` names it, with the same rules for addresses and keys. Calls nothing.
 * `origin` says where the entry was written, for errors. Errors: those of the chain's configuration.
 */
export async function openServer(options: {
  settings: ModelLinkSettings;
  origin: string;
  limits: HttpLimits;
  env: NodeJS.ProcessEnv;
  clock: Clock;
}): Promise<OpenServer> {
  const { limits, env, clock } = options;
  const link = configuredLink(options.settings, env, options.origin);
  const key = keyOf(link, env);
  const baseUrl = link.baseUrl ?? providerFacts[link.provider].publicBaseUrl!;
  const redact = redactorOf(key === undefined ? [] : [key]);
  const { guardedFetch } = await import('./guarded-fetch.ts');
  const fetch = guardedFetch({ link, limits, clock, redact, estimatedTokens: 0, answerLimitBytes, env });
  const authorization = key === undefined ? {} : { authorization: `Bearer ${key}` };
  return {
    label: labelOf(link),
    isLocal: isLoopback(baseUrl),
    async json(path, { body, signal } = {}) {
      const answer = await fetch(`${baseUrl}${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { 'content-type': 'application/json', ...authorization },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: signal ?? null,
      });
      const text = await answer.text();
      try {
        return JSON.parse(text) as unknown;
      } catch {
        const contentType = answer.headers.get('content-type') ?? '';
        throw modelErrors.make('models.bad_response', {
          link: labelOf(link),
          status: answer.status,
          contentType,
        });
      }
    },
  };
}
