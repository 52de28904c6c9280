import { defineErrors } from '../../kernel/index.ts';

export const userFolderErrors = defineErrors({
  'user.no_home': {
    category: 'unavailable',
    message: () =>
      'This account has no home folder: no variable names one, and the system lists none for it.',
    remedy: 'Set HOME to a folder that is yours; your own configuration and cache are looked for there.',
  },
  'user.no_state_folder': {
    category: 'unavailable',
    message: (facts: { project: string; systemCode: string; folder: string; folderCode: string }) =>
      `Neither ${facts.project} (${facts.systemCode}) nor ${facts.folder} (${facts.folderCode}) can be written, and jobs, inbox and search index are kept in one of them.`,
    remedy:
      'Give this user the right to write one of them, or set XDG_STATE_HOME to a folder that can be written.',
  },
});
