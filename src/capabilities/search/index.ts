import { indexStandards } from './operations/index-standards.ts';

/** Every use case on the index; doors derive from this list. */
export const searchOperations = [indexStandards] as const;

export type { IndexDeps } from './operations/index-standards.ts';
export { searchErrors } from './errors.ts';
export { inspectIndex } from './inspect-index.ts';
export type { InspectIndexOptions } from './inspect-index.ts';
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
