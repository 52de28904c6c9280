import { defineErrors } from '../../kernel/index.ts';

export const checkErrors = defineErrors({
  'checks.one_source': {
    category: 'invalid',
    message: (facts: { given: readonly string[] }) =>
      `${facts.given.join(' and ')} say different things about what to check.`,
    remedy: 'Give one of diff, staged and base; paths may narrow each.',
  },
  'checks.diff_too_large': {
    category: 'limited',
    message: (facts: { sizeBytes: number; limitBytes: number }) =>
      `The diff has ${facts.sizeBytes} bytes, more than the ${facts.limitBytes} of checks.max_diff_bytes.`,
    remedy: 'Check parts of it by paths, or raise the limit.',
  },
  'checks.no_diff': {
    category: 'invalid',
    message: (_facts: object) => 'The text given as diff adds no lines to any file.',
    remedy: 'Give a unified diff, as `git diff` prints it, or name paths.',
  },
});
