import { defineErrors } from '../../kernel/index.ts';

export const searchErrors = defineErrors({
  'search.lancedb_missing': {
    category: 'unavailable',
    message: (facts: { reason: string }) =>
      `The index is set to LanceDB (search.store), and its package cannot be loaded: ${facts.reason}.`,
    remedy: 'Install it beside troupe, `npm install @lancedb/lancedb`, or set search.store to sqlite.',
  },
  'search.lancedb_failed': {
    category: 'unavailable',
    message: (facts: { index: string; reason: string }) => `${facts.index} cannot be used: ${facts.reason}.`,
    remedy: 'Standards are searched from their files meanwhile. Delete the folder to have it rebuilt.',
  },
  'search.index_damaged': {
    category: 'internal',
    message: (facts: { index: string }) => `${facts.index} is damaged.`,
    remedy: 'Nothing to do: it is rebuilt from the standards.',
  },
  'search.other_version': {
    category: 'conflict',
    message: (facts: { index: string }) =>
      `${facts.index} was rebuilt by another version of troupe that runs beside this one.`,
    remedy: 'Standards are searched from their files meanwhile. Restart the older one.',
  },
  'search.index_rebuilt': {
    category: 'internal',
    message: (facts: { reason: string }) => `The index is rebuilt: ${facts.reason}.`,
    remedy: 'Nothing to do: it comes from the standards.',
  },
  'search.index_in_memory': {
    category: 'unavailable',
    message: (facts: { reason: string; remedy: string }) =>
      `The index is kept in memory only: ${facts.reason}`,
    remedy: (facts: { remedy: string }) => facts.remedy,
  },
  'search.words_only': {
    category: 'unavailable',
    message: (facts: { reason: string; remedy: string }) =>
      `Standards are found by words only: ${facts.reason}.`,
    remedy: (facts: { remedy: string }) => facts.remedy,
  },
  'search.files_unread': {
    category: 'unavailable',
    message: (facts: { reason: string }) => `The standards folder was not looked through: ${facts.reason}.`,
    remedy: 'See that .agent-os/standards can be read; it is looked through again by itself.',
  },
  'search.index_outside': {
    category: 'forbidden',
    message: (facts: { index: string }) => `${facts.index} is a link; nothing is written through it.`,
    remedy: 'Standards are searched from their files meanwhile. Delete the link.',
  },
});
