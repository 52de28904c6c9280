import { z } from 'zod';
import { approvalsSettings } from './areas/approvals.ts';
import { checksSettings } from './areas/checks.ts';
import { loggingSettings, mcpSettings, telemetrySettings } from './areas/doors.ts';
import { embeddingsSettings } from './areas/embeddings.ts';
import { filesSettings, gitSettings } from './areas/files.ts';
import { jobsSettings } from './areas/jobs.ts';
import { modelsSettings } from './areas/models.ts';
import { personasSettings } from './areas/personas.ts';
import { searchSettings } from './areas/search.ts';
import { standardsSettings } from './areas/standards.ts';
import { databaseSettings, retentionSettings } from './areas/storage.ts';
import { workSettings } from './areas/work.ts';

/** Every setting there is. Types, defaults, names in files and environment, explanations and docs derive from it. */
export const settingsSchema = z.object({
  jobs: jobsSettings,
  work: workSettings,
  models: modelsSettings,
  embeddings: embeddingsSettings,
  search: searchSettings,
  personas: personasSettings,
  standards: standardsSettings,
  approvals: approvalsSettings,
  checks: checksSettings,
  files: filesSettings,
  git: gitSettings,
  database: databaseSettings,
  retention: retentionSettings,
  mcp: mcpSettings,
  logging: loggingSettings,
  telemetry: telemetrySettings,
});

export type Settings = z.output<typeof settingsSchema>;
