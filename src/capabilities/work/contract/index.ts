export { finding, offlineReason, proposedStandard, reviewData, severity } from './finding.ts';
export type { Finding, OfflineReason, ProposedStandard, ReviewData, Severity } from './finding.ts';
export { invokePersonaInput, invokePersonaOutput, personaTask } from './invoke-persona.ts';
export { reviewReport, reviewReportInput } from './review-report.ts';
export type { ReviewReport } from './review-report.ts';
export { proposedText } from './proposed-text.ts';
export { whyOffline } from './why-offline.ts';
