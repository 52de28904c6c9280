import { defineErrors } from '../../kernel/index.ts';

export const analyzerErrors = defineErrors({
  'analyzers.bad_pack': {
    category: 'internal',
    message: (facts: { pack: string; line: number; problem: string }) =>
      `Rule pack ${facts.pack}:${facts.line}: ${facts.problem}.`,
    remedy: 'Correct the named line; `npm run rules -- check` repeats this check.',
  },
  'analyzers.bad_rule': {
    category: 'invalid',
    message: (facts: { rule: string; problem: string }) =>
      `The rule ${facts.rule} cannot run: ${facts.problem}.`,
    remedy: "Correct it; a rule is an ast-grep rule object for the named language's grammar.",
  },
  'analyzers.unknown_language': {
    category: 'invalid',
    message: (facts: { rule: string; language: string; known: readonly string[] }) =>
      `The rule ${facts.rule} is for ${facts.language}, which has no parser here.`,
    remedy: (facts: { known: readonly string[] }) => `Use one of ${facts.known.join(', ')}.`,
  },
  'analyzers.unknown_rule': {
    category: 'not-found',
    message: (facts: { uses: string }) => `No shipped rule is called ${facts.uses}.`,
    remedy: 'Name one as <trade>/<name>, or <trade>/<language>/<name>, such as security/sql-from-string.',
  },
  'analyzers.rule_too_slow': {
    category: 'limited',
    message: (facts: { rule: string; file: string; limitMs: number }) =>
      `The rule ${facts.rule} took longer than ${facts.limitMs} ms at ${facts.file} and was stopped; it did not see the files after it.`,
    remedy: 'Make it narrower: fewer nested `has` and `inside` with `stopBy: end`.',
  },
  'analyzers.needs_whole_project': {
    category: 'invalid',
    message: (facts: { uses: string }) => `${facts.uses} looks across files, and only some were given.`,
    remedy: 'Check the whole project (`troupe check` without paths) or a change (--staged, --base, --diff).',
  },
  'analyzers.thread_failed': {
    category: 'internal',
    retryable: true,
    message: (facts: { reason: string; file: string | undefined }) =>
      `The analysis thread ended early${facts.file === undefined ? '' : ` while reading ${facts.file}`}: ${facts.reason}.`,
    remedy: (facts: { file: string | undefined }) =>
      facts.file === undefined
        ? 'Run the review again; if it ends the same way, report it with the reason above.'
        : 'Run the review again without that file, and report the file.',
  },
  'analyzers.cancelled': {
    category: 'unavailable',
    message: () => 'The analysis was cancelled.',
    remedy: 'Start it again if its result is still needed.',
  },
});
