import { counted, defineErrors } from '../../kernel/index.ts';

interface UnknownPersona {
  name: string;
  nearest: readonly string[];
  core: readonly string[];
  specialists: readonly string[];
}

export const personaErrors = defineErrors({
  'personas.unknown': {
    category: 'not-found',
    message: (facts: UnknownPersona) => `there is no persona "${facts.name}".`,
    remedy: ({ nearest, core, specialists }: UnknownPersona) => {
      const meant = nearest.length === 0 ? '' : `Did you mean ${nearest.join(' or ')}? `;
      const others =
        specialists.length === 0
          ? ''
          : ` and ${counted(specialists.length, 'specialist')} (troupe personas list)`;
      const known = core.length === 0 ? specialists.join(', ') || 'none' : `${core.join(', ')}${others}`;
      return `${meant}Known: ${known}.`;
    },
  },
  'personas.switched_off': {
    category: 'forbidden',
    message: (facts: { name: string; setting: string }) =>
      `the persona "${facts.name}" is switched off by ${facts.setting}.`,
    remedy: ({ setting }: { setting: string }) =>
      `Change ${setting} (troupe config explain says where it is set), or ask another persona.`,
  },
  'personas.not_loaded': {
    category: 'invalid',
    message: (facts: { name: string; path: string; line: number | undefined; reason: string }) =>
      `the persona "${facts.name}" could not be loaded: ${facts.path}${facts.line === undefined ? '' : `:${facts.line}`}: ${facts.reason}.`,
    remedy: 'Fix the file; "troupe personas check" shows every problem.',
  },
  'personas.not_of_this_project': {
    category: 'invalid',
    message: (facts: { name: string; layer: string }) =>
      `the persona "${facts.name}" is ${facts.layer === 'user' ? "the user's own" : facts.layer}; only a project's personas need trust.`,
    remedy: 'Nothing to do: it can be used as it is.',
  },
  'personas.changed_since_shown': {
    category: 'conflict',
    message: (facts: { name: string; shownHash: string; currentHash: string }) =>
      `the persona "${facts.name}" changed after it was shown: ${facts.shownHash.slice(0, 12)} is now ${facts.currentHash.slice(0, 12)}.`,
    remedy: ({ name }: { name: string }) =>
      `Read it again with "troupe personas show ${name}", then trust it.`,
  },
  'personas.trust_locked': {
    category: 'unavailable',
    retryable: true,
    message: (facts: { lock: string; waitedMs: number }) =>
      `another command is changing the record of trusted personas: its lock ${facts.lock} was still there after ${facts.waitedMs} ms.`,
    remedy: 'Try again; if it stays and no other command runs, delete that file.',
  },
  'personas.trust_unreadable': {
    category: 'unavailable',
    message: (facts: { path: string; reason: string }) =>
      `the record of trusted personas cannot be read: ${facts.path}: ${facts.reason}.`,
    remedy: 'Fix the file, or delete it and trust the personas again.',
  },
});
