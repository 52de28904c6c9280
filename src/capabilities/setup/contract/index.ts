export { completionScript, explainedSettings, pulledModel } from './machine-reports.ts';
export type { CompletionScript, ExplainedSettings, PulledModel } from './machine-reports.ts';
export { diagnosis, setupReport } from './setup-report.ts';
export type { Diagnosis, SetupReport } from './setup-report.ts';
