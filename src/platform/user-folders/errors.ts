import { defineErrors } from '../../kernel/index.ts';

export const userFolderErrors = defineErrors({
  'user.no_home': {
    category: 'unavailable',
    message: () =>
      'This account has no home folder: no variable names one, and the system lists none for it.',
    remedy: 'Set HOME to a folder that is yours; your own configuration and cache are looked for there.',
  },
});
