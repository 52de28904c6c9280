import type { AnyOperation } from '../kernel/index.ts';
import { analyticsOperations, type AnalyticsDeps } from '../capabilities/analytics/index.ts';
import { approvalOperations, type ApprovalDeps } from '../capabilities/approvals/index.ts';
import { checkOperations, type ChecksDeps } from '../capabilities/checks/index.ts';
import { exportOperations, type ExportsDeps } from '../capabilities/exports/index.ts';
import { jobOperations, type JobDeps } from '../capabilities/jobs/index.ts';
import {
  checkPersonas,
  listPersonas,
  showPersona,
  trustPersona,
  distrustPersona,
  type PersonaDeps,
} from '../capabilities/personas/index.ts';
import { proposalOperations, type ProposalDeps } from '../capabilities/proposals/index.ts';
import { searchOperations, type IndexDeps } from '../capabilities/search/index.ts';
import {
  libraryOperations,
  standardsOperations,
  type LibraryDeps,
  type StandardsDeps,
} from '../capabilities/standards/index.ts';
import { workOperations, type WorkDeps } from '../capabilities/work/index.ts';

/** What all operations together need. */
export type AppDeps = JobDeps &
  WorkDeps &
  StandardsDeps &
  LibraryDeps &
  IndexDeps &
  PersonaDeps &
  AnalyticsDeps &
  ApprovalDeps &
  ProposalDeps &
  ChecksDeps &
  ExportsDeps;

/** Every operation of the product. Doors derive from this list and offer nothing else. */
export const operations: readonly AnyOperation<AppDeps>[] = [
  ...workOperations,
  ...jobOperations,
  ...standardsOperations,
  ...libraryOperations,
  ...searchOperations,
  ...proposalOperations,
  ...approvalOperations,
  ...checkOperations,
  ...exportOperations,
  listPersonas,
  showPersona,
  checkPersonas,
  trustPersona,
  distrustPersona,
  ...analyticsOperations,
];
