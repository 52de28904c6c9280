export { checkInput, checkOutput, leftOutFinding, standardFinding } from './check-against-standards.ts';
export type { CheckInput, CheckOutput, LeftOutFinding, StandardFinding } from './check-against-standards.ts';
