export { exportedFile, exportInput, exportOutput, exportTargets } from './export-standards.ts';
export type { ExportedFile, ExportOutput, ExportTarget } from './export-standards.ts';
