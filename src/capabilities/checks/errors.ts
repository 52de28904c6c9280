import { counted, defineErrors } from '../../kernel/index.ts';

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
    message: (_facts: object) => 'The text given as a diff is not one.',
    remedy: 'Give a unified diff, as `git diff` prints it, or name paths.',
  },
  'checks.outside_paths': {
    category: 'invalid',
    message: (facts: { files: readonly string[]; paths: readonly string[] }) =>
      `The diff changes ${counted(facts.files.length, 'file')} (${someOf(facts.files)}), none of them below ${facts.paths.join(', ')}.`,
    remedy: 'Leave the paths out, or name those that the diff changes, relative to the project.',
  },
  'checks.not_applied': {
    category: 'conflict',
    message: (facts: { skipped: readonly { file: string; reason: string }[] }) =>
      `Nothing of the diff could be checked: ${someOf(facts.skipped.map(({ file, reason }) => `${file} (${reason})`))}.`,
    remedy:
      'Make the diff again from these files, whole and as `git diff` prints it (oldest patch first), or check it on the revision it was made from.',
  },
});

const maxNamed = 5;

function someOf(names: readonly string[]): string {
  const more = names.length - maxNamed;
  return names.slice(0, maxNamed).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
