import type { AppError, Clock } from '../../../kernel/index.ts';

/** One line of a diagnosis. */
export interface Finding {
  /** What was looked at: `database`. */
  subject: string;
  /** `warning`: works, but not as somebody may expect. `broken`: something that is needed does not work. */
  state: 'ok' | 'warning' | 'broken';
  /** What was found, with the figure. */
  message: string;
  /** How to fix it; '' when there is nothing to fix. */
  remedy: string;
  /** The error behind it, where there is one. */
  error?: AppError | undefined;
}

/** Nothing to fix. */
export const ok = (subject: string, message: string): Finding => ({
  subject,
  state: 'ok',
  message,
  remedy: '',
});

/** Works, but not as somebody may expect; `remedy` says what to do, '' when the message does. */
export const warning = (subject: string, message: string, remedy: string): Finding => ({
  subject,
  state: 'warning',
  message,
  remedy,
});

/** Something needed does not work, for this reason. */
export const broken = (subject: string, error: AppError): Finding => ({
  subject,
  state: 'broken',
  message: `${error.code}: ${error.message}`,
  remedy: error.remedy,
  error,
});

/** What a check found, or a warning that it took longer than `timeoutMs`; what it then still does is not waited for. */
export async function withinTime(
  subject: string,
  check: Promise<Finding[]>,
  { clock, timeoutMs }: { clock: Clock; timeoutMs: number },
): Promise<Finding[]> {
  const over = new AbortController();
  const late = clock.sleep(timeoutMs, { signal: over.signal }).then(
    () => [
      warning(
        subject,
        `no answer within ${timeoutMs / 1000} s`,
        'Run troupe doctor again; if it stays, look at what is slow there.',
      ),
    ],
    () => [],
  );
  try {
    return await Promise.race([check, late]);
  } finally {
    over.abort(new Error('the check has ended'));
  }
}
