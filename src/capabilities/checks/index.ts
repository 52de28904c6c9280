import { checkAgainstStandards } from './operations/check-against-standards.ts';

/** Every use case of checking; doors derive from this list. */
export const checkOperations = [checkAgainstStandards] as const;

export { changedFile } from './changes/changed-file.ts';
export type { ChangedFile } from './changes/changed-file.ts';
export { changesHere } from './changes/changes-here.ts';
export { diffFromFolder } from './changes/diff-from-folder.ts';
export type { ChecksDeps, ChecksSettings } from './checks-deps.ts';
export type { Judge, Question, ToJudge, Verdict } from './judge/judge.ts';
export { placesFlagged } from './rules/places-flagged.ts';
export type { CheckTrial } from './rules/places-flagged.ts';
export { toSarif } from './sarif/to-sarif.ts';
export { personaJudge } from './judge/persona-judge.ts';
export type { PersonaJob, PersonaJudgeOptions } from './judge/persona-judge.ts';
export { isDiff } from '../../platform/git/index.ts';
