import { operationsOf, type Clock, type IdSource } from '../../../kernel/index.ts';
import type { Database } from '../../../platform/database/index.ts';
import type { EventBus } from '../../../platform/events/index.ts';
import type { Retention } from '../retention/retention.ts';
import type { LeaseTimes } from '../sign-of-life.ts';
import type { AdmissionLimits, JobStore } from '../store/job-store.ts';

/** Whose models a new job uses; recorded on the job, so that only workers with the same keys take it. */
export interface Creator {
  /** Fingerprint of the chain; '' for the offline reviewer. */
  chain: string;
  /** What people call the chain's first model. */
  model: string;
  /** What people call the offline reviewer. */
  offlineModel: string;
}

/** What the operations on jobs need. */
export interface JobDeps {
  jobs: {
    store: JobStore;
    database: Database;
    bus: EventBus;
    clock: Clock;
    ids: IdSource;
    /** Real path of the project's root. */
    project: string;
    admission: AdmissionLimits;
    retention: Retention;
    /** The model chain of whoever creates jobs here. */
    creator: Creator;
    /** Masks the secrets in what a caller gives, each line for itself, before it is stored. */
    redact: (text: string) => Promise<{ text: string; redacted: number }>;
    /** Largest context of a job, bytes. */
    maxContextBytes: number;
    /** How often other processes' changes are looked for while waiting, milliseconds. */
    pollMs: number;
    /** By them a worker is known that is no longer heard. */
    leases: LeaseTimes;
  };
}

export const jobOperation = operationsOf<JobDeps>();
