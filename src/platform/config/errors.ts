import { defineErrors } from '../../kernel/index.ts';

export const configErrors = defineErrors({
  'config.invalid': {
    category: 'invalid',
    message: (facts: { place: string; key: string; reason: string }) =>
      `${facts.place}: ${facts.key} is not usable: ${facts.reason}.`,
    remedy: 'Correct or remove it; "troupe config explain" shows each setting, its meaning and its default.',
  },
  'config.several_invalid': {
    category: 'invalid',
    message: (facts: { problems: readonly string[] }) =>
      `${facts.problems.length} settings cannot be used. ${facts.problems.join(' ')}`,
    remedy:
      'Correct or remove them; "troupe config explain" shows each setting, its meaning and its default.',
  },
  'config.unreadable': {
    category: 'invalid',
    message: (facts: { place: string; reason: string }) =>
      `${facts.place}: this configuration cannot be read: ${facts.reason}.`,
    remedy: 'Correct the file at that line, or move it away to use the defaults.',
  },
  'config.unknown_key': {
    category: 'invalid',
    message: (facts: { place: string; key: string; nearest: string | undefined }) =>
      `${facts.place}: there is no setting ${facts.key}${facts.nearest === undefined ? '.' : `; did you mean ${facts.nearest}?`}`,
    remedy: '"troupe config explain" lists all settings.',
  },
  'config.untrusted_key': {
    category: 'forbidden',
    message: (facts: { place: string; key: string; reason: string }) =>
      `${facts.place}: ${facts.key} is ignored here: ${facts.reason}.`,
    remedy: 'Set it in your own configuration, in the environment or by a flag if you want it.',
  },
});
