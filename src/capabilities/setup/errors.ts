import { defineErrors } from '../../kernel/index.ts';

export const setupErrors = defineErrors({
  'setup.unknown_client': {
    category: 'invalid',
    message: (facts: { given: string; known: readonly string[] }) =>
      `"${facts.given}" is not a known client.`,
    remedy: ({ known }: { known: readonly string[] }) => `Name one or more of ${known.join(',')}.`,
  },
  'setup.config_unreadable': {
    category: 'invalid',
    message: (facts: { path: string; line: number | undefined; reason: string }) =>
      `${facts.path}${facts.line === undefined ? '' : `:${facts.line}`} cannot be extended: ${facts.reason}.`,
    remedy: 'The file stays as it is. Fix it, then run `troupe init` again.',
  },
  'setup.config_not_mergeable': {
    category: 'conflict',
    message: (facts: { path: string; reason: string; how: string; entry: string }) =>
      `${facts.path} cannot be extended without touching other settings: ${facts.reason}.`,
    remedy: ({ how, entry }: { how: string; entry: string }) => `The file stays as it is. ${how}:\n${entry}`,
  },
  'setup.file_changed': {
    category: 'conflict',
    message: (facts: { path: string }) => `${facts.path} was changed by somebody else after it was shown.`,
    remedy: 'Run again to see the new plan. Files before it in the plan are written.',
  },
});
