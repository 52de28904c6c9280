export { mayHoldSecret } from './may-hold-secret.ts';
export { idleBecause } from './idle-comment.ts';
export type { IdleComment } from './idle-comment.ts';
export { familyOfRule } from './rule-family.ts';
