export { gitDiff } from './git-diff.ts';
export type { ChangedFile, GitDiff, GitDiffOptions } from './git-diff.ts';
export { findGit } from './find-git.ts';
export type { GitProgram } from './find-git.ts';
export { stagedTexts } from './staged-texts.ts';
export type { StagedTexts, StagedTextsOptions } from './staged-texts.ts';
export { addedLinesOf, isDiff } from './unified-diff.ts';
export type { AddedLines } from './unified-diff.ts';
