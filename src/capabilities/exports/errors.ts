import { counted, defineErrors } from '../../kernel/index.ts';

const folder = '.agent-os/standards';
const mostNamed = 3;
const listed = (ids: readonly string[]) =>
  ids.slice(0, mostNamed).join(', ') + (ids.length > mostNamed ? ' and others' : '');

export const exportErrors = defineErrors({
  'exports.standards_gone': {
    category: 'conflict',
    message: (facts: { ids: readonly string[] }) =>
      `${counted(facts.ids.length, 'approved standard')} ${facts.ids.length === 1 ? 'is' : 'are'} on record (${listed(facts.ids)}) and none of them has a file in ${folder}; nothing was written or removed.`,
    remedy: (facts: { ids: readonly string[] }) =>
      `Bring the folder back (\`git restore ${folder}\`), or say that they are not wanted: \`troupe standards retire ${facts.ids[0]} --because "…"\`${facts.ids.length === 1 ? '' : ', each'}; then export again.`,
  },
  'exports.standards_unreadable': {
    category: 'unavailable',
    message: (facts: { file: string; reason: string }) =>
      `${facts.file} cannot be read: ${facts.reason}. Which standards hold is not known; nothing was written or removed.`,
    remedy: (facts: { file: string }) =>
      `Make ${facts.file} a folder that this user may read (\`git restore ${facts.file}\` brings it back), then export again.`,
  },
  'exports.file_changed': {
    category: 'conflict',
    retryable: true,
    message: (facts: { path: string }) => `${facts.path} was changed while the export was made.`,
    remedy: 'Run the export again.',
  },
});
