import { searchStandards } from './operations/search-standards.ts';

/** Every use case on standards; doors derive from this list. */
export const standardsOperations = [searchStandards] as const;

export type { StandardsDeps } from './operations/search-standards.ts';
export { keywordSearch } from './search/keyword-search.ts';
export type { SkippedStandard, StandardHit, StandardsSearch } from './search/standards-search.ts';
