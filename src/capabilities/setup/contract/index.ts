export { setupReport } from './setup-report.ts';
export type { SetupReport } from './setup-report.ts';
