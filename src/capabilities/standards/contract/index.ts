export { searchStandardsInput, searchStandardsOutput } from './search-standards.ts';
