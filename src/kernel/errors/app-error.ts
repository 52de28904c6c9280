import type { ErrorCategory } from '../contract/index.ts';

/** What an `AppError` carries inside; times in milliseconds. */
export interface AppErrorFields {
  /** Stable, capability first: `jobs.not_found`. A released code keeps its meaning. */
  code: string;
  category: ErrorCategory;
  /** What happened, with the figure and the limit where there is one. One or two sentences, no secrets. */
  message: string;
  /** What the person does next. */
  remedy: string;
  /** The facts as data. Never secrets, never file contents. */
  details: Record<string, unknown>;
  retryable: boolean;
  /** Milliseconds to wait before the same call may succeed. */
  retryAfterMs?: number | undefined;
}

/** An error as it travels through every door (`snake_case`, like every contract). */
export interface ErrorOnTheWire {
  code: string;
  category: ErrorCategory;
  message: string;
  remedy: string;
  details: Record<string, unknown>;
  retryable: boolean;
  retry_after_ms?: number;
}

/** The one error class that crosses a boundary. Made by a catalogue (`defineErrors`), never by hand. */
export class AppError extends Error implements AppErrorFields {
  override readonly name = 'AppError';
  readonly code: string;
  readonly category: ErrorCategory;
  readonly remedy: string;
  readonly details: Record<string, unknown>;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(fields: AppErrorFields, options?: { cause?: unknown }) {
    super(fields.message, options);
    this.code = fields.code;
    this.category = fields.category;
    this.remedy = fields.remedy;
    this.details = fields.details;
    this.retryable = fields.retryable;
    this.retryAfterMs = fields.retryAfterMs;
  }

  /** One line for people: `code: what happened. What to do.` */
  get line(): string {
    return `${this.code}: ${this.message} ${this.remedy}`.trimEnd();
  }

  toWire(): ErrorOnTheWire {
    return {
      code: this.code,
      category: this.category,
      message: this.message,
      remedy: this.remedy,
      details: this.details,
      retryable: this.retryable,
      ...(this.retryAfterMs === undefined ? {} : { retry_after_ms: this.retryAfterMs }),
    };
  }
}

/** Whether it is an `AppError`, and of this code when one is given. */
export function isAppError(error: unknown, code?: string): error is AppError {
  return error instanceof AppError && (code === undefined || error.code === code);
}
