import { defineErrors } from '../../kernel/index.ts';

const figure = (value: number) => value.toLocaleString('en');

export const standardErrors = defineErrors({
  'standards.bad_name': {
    category: 'invalid',
    message: (facts: { part: 'domain' | 'topic' | 'id'; name: string; reason: string }) =>
      `"${facts.name}" cannot be the ${facts.part} of a standard: ${facts.reason}.`,
    remedy:
      'Use small letters, digits and "-", at most 80 characters, such as architecture and error-responses.',
  },
  'standards.unknown': {
    category: 'not-found',
    message: (facts: { id: string; nearest: readonly string[] }) => `There is no standard "${facts.id}".`,
    remedy: ({ nearest }: { nearest: readonly string[] }) =>
      `${nearest.length === 0 ? '' : `Did you mean ${nearest.join(' or ')}? `}"troupe standards list" shows all.`,
  },
  'standards.gone': {
    category: 'not-found',
    message: (facts: { id: string; file: string; day: string; approvedBy: string }) =>
      `${facts.id} was approved on ${facts.day} by ${facts.approvedBy}, and its file ${facts.file} is gone.`,
    remedy: ({ id, file }: { id: string; file: string }) =>
      `Bring it back (\`git restore ${file}\`), or say that it is not wanted: \`troupe standards retire ${id} --because "…"\`.`,
  },
  'standards.ambiguous': {
    category: 'invalid',
    message: (facts: { id: string; matches: readonly string[] }) =>
      `"${facts.id}" is the name of ${facts.matches.length} standards.`,
    remedy: ({ matches }: { matches: readonly string[] }) => `Name one of ${matches.join(', ')}.`,
  },
  'standards.bad_front_matter': {
    category: 'invalid',
    message: (facts: { file: string; line: number; reason: string }) =>
      `${facts.file}:${facts.line}: ${facts.reason}.`,
    remedy: 'Fix the lines between the two "---"; "troupe standards template" shows how they are written.',
  },
  'standards.unusable': {
    category: 'invalid',
    message: (facts: { file: string; reason: string }) => `${facts.file} cannot be used: ${facts.reason}.`,
    remedy: 'Fix, rename or move it; "troupe standards lint" shows every problem.',
  },
  'standards.too_large': {
    category: 'limited',
    message: (facts: { file: string; sizeBytes: number; limitBytes: number }) =>
      `${facts.file} has ${figure(facts.sizeBytes)} bytes, more than the ${figure(facts.limitBytes)} of standards.max_document_bytes.`,
    remedy: 'Shorten it, or make two standards of it; raise the limit only if that cannot be.',
  },
  'standards.not_text': {
    category: 'invalid',
    message: (facts: { file: string; reason: string }) =>
      `${facts.file} is not a text file: ${facts.reason}.`,
    remedy: 'Save it as UTF-8 text, or move it out of the folder of standards.',
  },
  'standards.shipped': {
    category: 'invalid',
    message: (facts: { id: string }) => `${facts.id} ships with Troupe and cannot be retired.`,
    remedy: ({ id }: { id: string }) =>
      `An approved standard of the project at .agent-os/standards/${id}.md takes its place.`,
  },
  'standards.already_retired': {
    category: 'conflict',
    message: (facts: { id: string; reason: string }) => `${facts.id} is retired already: ${facts.reason}.`,
    remedy: 'Nothing to do; to bring it back, take "status" out of its front matter.',
  },
  'standards.replaces_itself': {
    category: 'invalid',
    message: (facts: { id: string }) => `${facts.id} cannot be replaced by itself.`,
    remedy: 'Name another standard, or leave replaced_by out.',
  },
  'standards.changed_meanwhile': {
    category: 'conflict',
    retryable: true,
    message: (facts: { file: string }) => `${facts.file} was changed meanwhile; nothing was written.`,
    remedy: 'Read it again, then repeat the command.',
  },
  'standards.retirement_unrecorded': {
    category: 'unavailable',
    retryable: true,
    message: (facts: { id: string; file: string; reason: string }) =>
      `${facts.file} is marked as retired, but that could not be recorded: ${facts.reason}.`,
    remedy: (facts: { id: string }) =>
      `Run troupe standards retire ${facts.id} again with the same words: it makes the record.`,
  },
  'standards.no_drafts': {
    category: 'not-found',
    message: (facts: { language: string; offered: readonly string[] }) =>
      `There are no drafts of standards for "${facts.language}".`,
    remedy: ({ offered }: { offered: readonly string[] }) =>
      `There are some for ${offered.join(', ')}; "troupe standards template" begins one of your own.`,
  },
});
