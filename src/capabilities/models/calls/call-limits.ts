import type { HttpLimits } from '../http/call-watch.ts';

/** Limits of model calls. Each is a setting under `models.` with the same name. */
export interface ModelLimits extends HttpLimits {
  /** Further attempts at one model after the first. */
  maxRetries: number;
  /** Wait before the first further attempt, milliseconds; doubled for each next one, and jittered by a quarter. */
  retryDelayMs: number;
  /** A server that asks for a longer wait than this is left for the next model, milliseconds. */
  maxRetryAfterMs: number;
  /** Failures in a row after which a model is left alone. */
  breakerFailures: number;
  /** How long it is left alone before one call tries it again, milliseconds. */
  breakerOpenMs: number;
  /** Most tokens of one answer where the caller and the chain name none. */
  maxOutputTokens: number;
}

/** The defaults of the settings, for tests and for callers without settings. */
export const defaultModelLimits: ModelLimits = {
  connectTimeoutMs: 5_000,
  idleTimeoutMs: 60_000,
  callTimeoutMs: 600_000,
  maxRetries: 2,
  retryDelayMs: 1_000,
  maxRetryAfterMs: 30_000,
  breakerFailures: 5,
  breakerOpenMs: 30_000,
  maxOutputTokens: 8_192,
};
