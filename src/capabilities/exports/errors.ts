import { defineErrors } from '../../kernel/index.ts';

export const exportErrors = defineErrors({
  'exports.file_changed': {
    category: 'conflict',
    retryable: true,
    message: (facts: { path: string }) => `${facts.path} was changed while the export was made.`,
    remedy: 'Run the export again.',
  },
});
