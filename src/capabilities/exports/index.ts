import { exportStandards } from './operations/export-standards.ts';

/** Every use case of exporting; doors derive from this list. */
export const exportOperations = [exportStandards] as const;

export type { ExportsDeps } from './exports-deps.ts';
