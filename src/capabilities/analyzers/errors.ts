import { defineErrors } from '../../kernel/index.ts';

export const analyzerErrors = defineErrors({
  'analyzers.bad_pack': {
    category: 'internal',
    message: (facts: { pack: string; line: number; problem: string }) =>
      `Rule pack ${facts.pack}:${facts.line}: ${facts.problem}.`,
    remedy: 'Correct the named line; `node scripts/rules.ts check` repeats this check.',
  },
  'analyzers.thread_failed': {
    category: 'internal',
    retryable: true,
    message: (facts: { reason: string; file: string | undefined }) =>
      `The analysis thread ended early${facts.file === undefined ? '' : ` while reading ${facts.file}`}: ${facts.reason}.`,
    remedy: (facts: { file: string | undefined }) =>
      facts.file === undefined
        ? 'Run the review again; if it ends the same way, report it with the reason above.'
        : 'Run the review again without that file, and report the file.',
  },
  'analyzers.cancelled': {
    category: 'unavailable',
    message: () => 'The analysis was cancelled.',
    remedy: 'Start it again if its result is still needed.',
  },
});
