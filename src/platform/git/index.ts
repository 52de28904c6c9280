export { gitDiff } from './git-diff.ts';
export type { ChangedFile, GitDiff, GitDiffOptions } from './git-diff.ts';
export { findGit } from './find-git.ts';
export type { GitProgram } from './find-git.ts';
