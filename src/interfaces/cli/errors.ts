import { defineErrors } from '../../kernel/index.ts';

const shortened = (text: string) => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

export const cliErrors = defineErrors({
  'cli.no_persona': {
    category: 'invalid',
    message: (facts: { text: string; known: readonly string[]; nearest: string | undefined }) =>
      `"${shortened(facts.text)}" names no persona${facts.nearest === undefined ? '' : ` (did you mean ${facts.nearest}?)`}; there are ${facts.known.join(', ')}.`,
    remedy: 'Begin with one: troupe ask "@security review src".',
  },
  'cli.nothing_asked': {
    category: 'invalid',
    message: () => 'There is no task.',
    remedy: 'Say who does what: troupe ask "@security review src".',
  },
  'cli.one_persona': {
    category: 'invalid',
    message: (facts: { first: string; second: string }) =>
      `The task is addressed to ${facts.first} and to ${facts.second}; one persona answers at a time.`,
    remedy: 'Ask each in a call of its own.',
  },
  'cli.bad_setting': {
    category: 'invalid',
    message: (facts: { given: string }) => `--set ${facts.given} is not of the form key=value.`,
    remedy: 'For example --set jobs.workers=1; `troupe config explain` lists the keys.',
  },
  'cli.unknown_setting': {
    category: 'not-found',
    message: (facts: { given: string; nearest: readonly string[] }) =>
      `No setting begins with "${shortened(facts.given)}"${facts.nearest.length === 0 ? '.' : `; did you mean ${facts.nearest.join(' or ')}?`}`,
    remedy: '`troupe config explain` lists all settings.',
  },
  'cli.bad_severity': {
    category: 'invalid',
    message: (facts: { given: string }) => `--fail-on ${facts.given} is not a severity.`,
    remedy: 'Use critical, high, medium or low.',
  },
  'cli.bad_format': {
    category: 'invalid',
    message: (facts: { given: string; known: readonly string[] }) =>
      `--format ${shortened(facts.given)} is not one of ${facts.known.join(', ')}.`,
    remedy:
      'Use text for people, json for scripts, sarif for code hosts, sarif-full where what comments leave out counts too.',
  },
  'cli.context_unreadable': {
    category: 'invalid',
    message: (facts: { file: string; reason: string }) => `${facts.file} cannot be read (${facts.reason}).`,
    remedy: 'Name a text file, or pipe the text in.',
  },
  'cli.context_empty': {
    category: 'conflict',
    message: (facts: { file: string }) =>
      `${facts.file === '-' ? 'Standard input' : facts.file} is empty, so there is nothing that goes with the task.`,
    remedy:
      '`git diff` prints nothing where nothing is changed, and leaves out what is staged or new: try `git diff HEAD`. Leave --context out to ask without.',
  },
  'cli.context_too_large': {
    category: 'limited',
    message: (facts: { file: string; sizeBytes: number | undefined; limitBytes: number }) =>
      `${facts.file === '-' ? 'Standard input' : facts.file} has ${facts.sizeBytes === undefined ? 'more' : `${facts.sizeBytes} bytes`}; at most ${facts.limitBytes} bytes are taken (for a task jobs.max_context_bytes may be lower).`,
    remedy: 'Name files in the task instead (the persona reads them itself), or pass the part that matters.',
  },
  'cli.output_failed': {
    category: 'unavailable',
    message: (facts: { reason: string }) => `Standard output cannot be written (${facts.reason}).`,
    remedy:
      'Free some space or name another place. What the command did is done; a list can be asked for again.',
  },
  'cli.editor_failed': {
    category: 'unavailable',
    message: (facts: { command: string; reason: string }) =>
      `The editor "${facts.command}" did not work (${facts.reason}).`,
    remedy: 'Name one that waits until you close the file: EDITOR=nano, or EDITOR="code --wait".',
  },
  'cli.no_editor': {
    category: 'unavailable',
    message: (facts: { command: string }) => `The editor "${facts.command}" was not found.`,
    remedy:
      'Name one with $VISUAL or $EDITOR that is on the PATH, outside the project: EDITOR=nano, or EDITOR="code --wait".',
  },
  'cli.ask_missing': {
    category: 'invalid',
    message: (facts: { given: string }) => `"${facts.given}" is a question to a persona, not a command.`,
    remedy: (facts: { given: string }) => `Ask it: troupe ask "${facts.given}".`,
  },
  'cli.usage': {
    category: 'invalid',
    message: (facts: { problem: string }) => `${facts.problem}.`,
    remedy: 'Run `troupe help`, or the command with --help.',
  },
});
