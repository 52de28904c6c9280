export { searchStandardsInput, searchStandardsOutput } from './search-standards.ts';
export { standardsHealthInput, standardsHealthOutput } from './health.ts';
export {
  anchorState,
  lintStandardsInput,
  lintStandardsOutput,
  listStandardsInput,
  listStandardsOutput,
  retireStandardInput,
  retireStandardOutput,
  showStandardInput,
  showStandardOutput,
  standardSummary,
  templateInput,
  templateOutput,
} from './library.ts';
export type { StandardsHealth } from './health.ts';
export type { ListedStandards, ShownStandard, StandardsLint } from './library.ts';
