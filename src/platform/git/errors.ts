import { defineErrors } from '../../kernel/index.ts';

export const gitErrors = defineErrors({
  'git.not_installed': {
    category: 'unavailable',
    message: (facts: { reason: string }) => `git cannot be run: ${facts.reason}.`,
    remedy: 'Install git 2.31 or newer so that it stands on the PATH, outside the project.',
  },
  'git.not_a_repository': {
    category: 'invalid',
    message: (_facts: { root: string }) => 'The project is not in a git repository with a work tree.',
    remedy: 'Name the files themselves instead of asking for changes, or run "git init".',
  },
  'git.foreign_repository': {
    category: 'forbidden',
    message: (facts: { gitDir: string }) =>
      `The project's .git leads to ${facts.gitDir}, which does not know this work tree; it may be someone else's history.`,
    remedy:
      'If it is yours, set core.worktree there, or run "git worktree repair" from the main repository; of a clone that shares objects, run "git repack -a -d" and delete .git/objects/info/alternates.',
  },
  'git.dubious_owner': {
    category: 'forbidden',
    message: (_facts: { root: string }) => 'git refuses the repository, since it belongs to another user.',
    remedy: 'If you trust it, run: git config --global --add safe.directory <the folder>.',
  },
  'git.unknown_revision': {
    category: 'not-found',
    message: (facts: { revision: string }) => `The repository has no commit "${facts.revision}".`,
    remedy: 'Name a branch, a tag or a commit that "git log" shows; fetch it first if it is on a server.',
  },
  'git.timed_out': {
    category: 'limited',
    retryable: true,
    message: (facts: { command: string; limitMs: number }) =>
      `git ${facts.command} took longer than ${facts.limitMs} ms (git.timeout_ms) and was stopped.`,
    remedy: 'Ask for fewer paths, or raise the limit.',
  },
  'git.too_many_names': {
    category: 'limited',
    message: (facts: { what: string; limitBytes: number }) =>
      `There are more than ${facts.limitBytes / 1_000_000} MB of names of ${facts.what} files.`,
    remedy: 'Name paths, so that fewer count; let .gitignore name what is not to be looked at.',
  },
  'git.failed': {
    category: 'unavailable',
    message: (facts: { command: string; reason: string }) => `git ${facts.command} failed: ${facts.reason}.`,
    remedy: 'Run "git status" in the project; it says what is wrong with the repository.',
  },
});
