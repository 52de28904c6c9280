import { defineErrors } from '../../kernel/index.ts';

export const cliErrors = defineErrors({
  'cli.no_persona': {
    category: 'invalid',
    message: (facts: { text: string; known: readonly string[] }) =>
      `"${facts.text}" names no persona; there are ${facts.known.join(', ')}.`,
    remedy: 'Begin with one: troupe ask "@security review src".',
  },
  'cli.nothing_asked': {
    category: 'invalid',
    message: () => 'There is no task.',
    remedy: 'Say who does what: troupe ask "@security review src".',
  },
  'cli.bad_setting': {
    category: 'invalid',
    message: (facts: { given: string }) => `--set ${facts.given} is not of the form key=value.`,
    remedy: 'For example --set jobs.workers=1; `troupe config` lists the keys.',
  },
  'cli.bad_severity': {
    category: 'invalid',
    message: (facts: { given: string }) => `--fail-on ${facts.given} is no severity.`,
    remedy: 'Use critical, high, medium or low.',
  },
  'cli.usage': {
    category: 'invalid',
    message: (facts: { problem: string }) => `${facts.problem}.`,
    remedy: 'Run troupe help to see the commands.',
  },
});
