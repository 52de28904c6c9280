import { checkHealth } from './operations/check-health.ts';
import { lintStandards } from './operations/lint-standards.ts';
import { listStandards } from './operations/list-standards.ts';
import { retireStandard } from './operations/retire-standard.ts';
import { searchStandards } from './operations/search-standards.ts';
import { showStandard } from './operations/show-standard.ts';
import { showTemplate } from './operations/show-template.ts';

/** Every use case on finding standards; doors derive from this list. */
export const standardsOperations = [searchStandards] as const;
/** Every use case on the library: what is there, how it is, and retiring it; doors derive from this list. */
export const libraryOperations = [
  listStandards,
  showStandard,
  lintStandards,
  checkHealth,
  retireStandard,
  showTemplate,
] as const;

export type { StandardsDeps } from './operations/search-standards.ts';
export type { SearchAnswer, SearchOptions, StandardHit, StandardsSearch } from './search/standards-search.ts';
export { approvableText, hashOfStandard, withApproval } from './document/approvable-text.ts';
export { checkDraft } from './document/check-draft.ts';
export { parseStandard } from './document/parse-standard.ts';
export type { StandardPlace } from './document/parse-standard.ts';
export { renderDraft, renderFrontMatter } from './document/render-draft.ts';
export type { StandardDraft } from './document/render-draft.ts';
export type {
  CheckSeverity,
  OwnCheck,
  ShippedCheck,
  StandardCheckRule,
  StandardDocument,
  StandardEvidence,
  StandardLayer,
  StandardProblem,
  StandardSection,
} from './document/standard.ts';
export { errorOfKey } from './document/standard.ts';
export {
  assertStandardName,
  kebabCase,
  nameOfId,
  partsOfId,
  shippedId,
  standardPath,
} from './document/standard-name.ts';
export { brokenChecks, lineOfCheck } from './health/broken-checks.ts';
export type { CheckProblem, CheckSet, TryChecks } from './health/broken-checks.ts';
export { standardErrors } from './errors.ts';
export { shippedStandardsFolders } from './library/shipped-folders.ts';
export { openStandardsLibrary } from './library/open-standards-library.ts';
export type { StandardsLibraryOptions } from './library/open-standards-library.ts';
export type {
  ApprovalLookup,
  GoneStandard,
  LibraryEntry,
  SkippedStandard,
  StandardApproval,
  StandardReading,
  StandardsLibrary,
} from './library/standards-library.ts';
export { goneInWords, mayHold } from './library/gone-standards.ts';
export { isRetirementUnconfirmed, unconfirmedInWords } from './library/unconfirmed-retirement.ts';
export { standardMigrations } from './migrations/index.ts';
export { sqlUseStore } from './uses/sql-use-store.ts';
export { maskedSearch } from './search/masked-search.ts';
export { countedSearch, openStandardUses } from './uses/standard-uses.ts';
export type { StandardUses, StandardUsesOptions } from './uses/standard-uses.ts';
export type { SearchesOfDay, StandardUse, UseStore } from './uses/use-store.ts';
export { languageDrafts } from './library/language-drafts.ts';
export type { LanguageDraftsOptions } from './library/language-drafts.ts';
export { unfoundStandards } from './health/unfound-standards.ts';
export { readAll } from './library/read-all.ts';
export type { LibraryDeps, LintDeps } from './operations/library-deps.ts';
export { lintStandards } from './operations/lint-standards.ts';
