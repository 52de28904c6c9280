export { checkInput, checkOutput, standardFinding } from './check-against-standards.ts';
export type { CheckInput, CheckOutput, StandardFinding } from './check-against-standards.ts';
