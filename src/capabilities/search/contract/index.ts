export { indexStandardsInput, indexStandardsOutput } from './index-standards.ts';
