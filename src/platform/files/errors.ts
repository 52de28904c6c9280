import { defineErrors } from '../../kernel/index.ts';

const kilobytes = (bytes: number) => `${Math.ceil(bytes / 1000).toLocaleString('en')} KB`;

export const filesErrors = defineErrors({
  'files.no_project': {
    category: 'invalid',
    message: (facts: { folder: string; reason: string }) =>
      `${facts.folder} cannot be a project: it is ${facts.reason}.`,
    remedy: 'Change into a project folder, or name one with --project.',
  },
  'files.project_gone': {
    category: 'not-found',
    message: (facts: { folder: string }) =>
      `The project's folder is gone: there is no ${facts.folder} any more; it was moved, renamed or deleted.`,
    remedy: 'Put it back, or start again in the folder it has now (an IDE: open that folder).',
  },
  'files.outside_project': {
    category: 'forbidden',
    message: (facts: { path: string }) => `${facts.path} leads outside the project.`,
    remedy: 'Name a path inside the project; links that lead out of it are not followed.',
  },
  'files.not_found': {
    category: 'not-found',
    message: (facts: { path: string }) => `There is no ${facts.path}.`,
    remedy: 'Check the spelling; list the files to see what is there.',
  },
  'files.bad_path': {
    category: 'invalid',
    message: (facts: { path: string; reason: string }) =>
      `"${facts.path}" is not a usable path: ${facts.reason}.`,
    remedy: 'Name a file or folder relative to the project, with forward slashes.',
  },
  'files.not_a_file': {
    category: 'invalid',
    message: (facts: { path: string }) => `${facts.path} is not a regular file.`,
    remedy: 'Name a file; for a folder, list its files first.',
  },
  'files.not_a_folder': {
    category: 'invalid',
    message: (facts: { path: string }) => `${facts.path} is not a folder.`,
    remedy: 'Name a folder, or move what is in its place.',
  },
  'files.ignored': {
    category: 'forbidden',
    message: (facts: { path: string }) => `${facts.path} is ignored and is not read.`,
    remedy:
      'It is excluded by .gitignore or .agent-osignore, or belongs to .git, node_modules or .agent-os; ' +
      'change that file if it should be read.',
  },
  'files.binary': {
    category: 'invalid',
    message: (facts: { path: string; sizeBytes: number }) =>
      `${facts.path} is a binary file (${facts.sizeBytes} bytes).`,
    remedy: 'Only text files are read; name a text file.',
  },
  'files.other_encoding': {
    category: 'invalid',
    message: (facts: { path: string; line: number }) =>
      `${facts.path} is not UTF-8 (line ${facts.line}); it is not taken, since what is kept of it would be another text.`,
    remedy: 'Save it as UTF-8 text and try again.',
  },
  'files.too_large': {
    category: 'limited',
    message: (facts: { path: string; sizeBytes: number; limitBytes: number }) =>
      `${facts.path} has ${kilobytes(facts.sizeBytes)}, the limit is ${kilobytes(facts.limitBytes)}.`,
    remedy: 'Name a smaller file, or raise files.max_file_bytes.',
  },
  'files.unreadable': {
    category: 'unavailable',
    message: (facts: { path: string; reason: string }) => `${facts.path} cannot be read (${facts.reason}).`,
    remedy: 'Check its permissions and that it is not a broken link.',
  },
  'files.bad_pattern': {
    category: 'invalid',
    message: (facts: { pattern: string; reason: string }) =>
      `The pattern ${facts.pattern} is not a usable regular expression: ${facts.reason}.`,
    remedy:
      'Write a JavaScript regular expression without delimiters; escape ( [ { . * + ? | with a backslash.',
  },
  'files.pattern_too_slow': {
    category: 'limited',
    message: (facts: { pattern: string; limitMs: number }) =>
      `The pattern ${facts.pattern} ran longer than ${facts.limitMs} ms (files.max_pattern_ms) on one piece of text.`,
    remedy: 'Avoid nested repetitions such as (a+)+; search for a plain word and read the file.',
  },
  'files.bad_glob': {
    category: 'invalid',
    message: (facts: { glob: string; reason: string }) =>
      `The glob ${facts.glob} is not usable: ${facts.reason}.`,
    remedy: 'Use *, **, ?, [abc] and {a,b}, for example src/**/*.{ts,tsx}.',
  },
  'files.exists': {
    category: 'conflict',
    message: (facts: { path: string }) => `${facts.path} exists already and is not overwritten.`,
    remedy: 'Choose another name, or change the existing file.',
  },
  'files.disk_full': {
    category: 'unavailable',
    retryable: true,
    message: (facts: { path: string; systemCode: string }) =>
      `There is no room to write ${facts.path} (${facts.systemCode}); nothing was changed.`,
    remedy: 'Free some space on that disk or raise the quota, then try again.',
  },
  'files.not_writable': {
    category: 'unavailable',
    message: (facts: { path: string; systemCode: string }) =>
      `${facts.path} cannot be written (${facts.systemCode}); nothing was changed.`,
    remedy: 'Check the permissions of the file and its folder.',
  },
});
