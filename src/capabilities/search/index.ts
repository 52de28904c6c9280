export { searchErrors } from './errors.ts';
export { openStandardsIndex } from './open-standards-index.ts';
export { packShippedVectors } from './shipped/pack-shipped.ts';
export type { StandardsIndexOptions } from './open-standards-index.ts';
export type { SearchSettings } from './settings.ts';
export type {
  IndexProgress,
  IndexReport,
  IndexStatus,
  RefreshOptions,
  StandardsIndex,
} from './standards-index.ts';
