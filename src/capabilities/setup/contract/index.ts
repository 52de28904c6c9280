export { diagnosis, setupReport } from './setup-report.ts';
export type { Diagnosis, SetupReport } from './setup-report.ts';
