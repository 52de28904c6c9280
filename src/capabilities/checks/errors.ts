import { defineErrors } from '../../kernel/index.ts';

export const checkErrors = defineErrors({
  'checks.one_source': {
    category: 'invalid',
    message: (facts: { given: readonly string[] }) =>
      `${facts.given.join(' and ')} say different things about what to check.`,
    remedy: 'Give one of diff, staged and base; paths may narrow each.',
  },
  'checks.no_diff': {
    category: 'invalid',
    message: (_facts: object) => 'The text given as diff adds no lines to any file.',
    remedy: 'Give a unified diff, as `git diff` prints it, or name paths.',
  },
});
