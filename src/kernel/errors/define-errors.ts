import type { ErrorCategory } from '../contract/index.ts';
import { AppError } from './app-error.ts';

// A parameter list nobody has named yet; `make` recovers the exact one from the entry.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Parameters_ = any;

/** One entry of a catalogue. */
export interface ErrorDefinition<P> {
  category: ErrorCategory;
  /** Whether the same call may succeed later without a change. Default false. */
  retryable?: boolean;
  /** What happened, built from the facts. */
  message: (facts: P) => string;
  /** What to do next. */
  remedy: string | ((facts: P) => string);
}

type FactsOf<D> = D extends { message: (facts: infer P) => string } ? P : never;

/** A capability's errors; `make` takes exactly the facts that the code's message needs, or does not compile. */
export interface ErrorCatalogue<C extends Record<string, ErrorDefinition<Parameters_>>> {
  readonly definitions: C;
  readonly codes: readonly (keyof C & string)[];
  /**
   * Makes the error of this code. The facts become `details`, so they hold no secrets and no file contents.
   * `retryAfterMs` is in milliseconds.
   */
  make<K extends keyof C & string>(
    code: K,
    facts: FactsOf<C[K]>,
    options?: { cause?: unknown; retryAfterMs?: number | undefined },
  ): AppError;
}

/** Declares a capability's errors: code, category, words and remedy in one place. */
export function defineErrors<const C extends Record<string, ErrorDefinition<Parameters_>>>(
  definitions: C,
): ErrorCatalogue<C> {
  return {
    definitions,
    codes: Object.keys(definitions),
    make(code, facts, options = {}) {
      const definition: ErrorDefinition<Parameters_> = definitions[code]!;
      return new AppError(
        {
          code,
          category: definition.category,
          message: definition.message(facts),
          remedy: typeof definition.remedy === 'string' ? definition.remedy : definition.remedy(facts),
          details: { ...(facts as Record<string, unknown>) },
          retryable: definition.retryable ?? false,
          retryAfterMs: options.retryAfterMs,
        },
        options.cause === undefined ? undefined : { cause: options.cause },
      );
    },
  };
}
