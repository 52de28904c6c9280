import { hostname } from 'node:os';
import type { Database } from '../platform/database/index.ts';
import { createEventBus } from '../platform/events/index.ts';
import { ensureAgentOsFolder, openProjectFiles } from '../platform/files/index.ts';
import { sqlApprovalStore, type ElicitationDesk } from '../capabilities/approvals/index.ts';
import {
  createRetention,
  createWorkerPool,
  sqlJobStore,
  type Creator,
  type WorkerPool,
} from '../capabilities/jobs/index.ts';
import { placesFlagged } from '../capabilities/checks/index.ts';
import { standardKindName } from '../capabilities/proposals/index.ts';
import { jobDrafts, personaProposals, personaReviser, reviewRunner } from '../capabilities/work/index.ts';
import { approvalLookup } from './approval-lookup.ts';
import { openChecks } from './open-checks.ts';
import { openDatabase, projectKeyOf } from './open-database.ts';
import { openInbox } from './open-inbox.ts';
import { openModelForJob } from './open-model.ts';
import { openStandards } from './open-standards.ts';
import type { AppDeps } from './operations.ts';
import type { ProjectContext } from './project-context.ts';

/** A project opened for work. */
export interface Runtime {
  deps: AppDeps;
  /** Asks people through MCP clients. */
  elicitation: ElicitationDesk;
  database: Database;
  /** Starts this process's workers, once; with a job id, one worker for that job only. */
  startWorkers(onlyJobId?: string): WorkerPool;
  /** Hands running jobs back and closes everything. Idempotent. */
  close(): Promise<void>;
}

export interface RuntimeOptions {
  /** Whether this process ends after one command: then no later search profits from a model that is still being loaded. */
  oneCommand: boolean;
  /** Whether a thread beside this one works on all jobs: then none is worked on here. */
  workersElsewhere: boolean;
  /** Whether a person is at this process's terminal. */
  personIsPresent: () => boolean;
  /** Hears what goes wrong beside any call. */
  onError: (error: unknown) => void;
}

/** How often a process looks whether the daily clean-up is due, milliseconds. */
const cleanupCheckMs = 60_000;

/**
 * Opens database, store and everything the operations need. The first use in a project makes `.agent-os`.
 * Errors: `database.*`, `files.*`.
 */
export async function openRuntime(context: ProjectContext, options: RuntimeOptions): Promise<Runtime> {
  const { root, clock, ids, env, chain, personas } = context;
  const settings = context.settings.values;
  await ensureAgentOsFolder(root);
  const database = await openDatabase(context);
  const project = await projectKeyOf(database, root);
  const bus = createEventBus(options.onError);
  const store = sqlJobStore(database, bus);
  const files = await openProjectFiles({ root, clock, ...settings.files });
  const approvals = sqlApprovalStore(database, bus);
  const standards = await openStandards(context, {
    database,
    project,
    files,
    approvals: approvalLookup(approvals, project),
    oneCommand: options.oneCommand,
    onError: options.onError,
  });
  const { library, search } = standards;
  const retention = createRetention({
    store,
    database,
    clock,
    project,
    settings: {
      days: {
        complete: settings.retention.completeDays,
        failed: settings.retention.failedDays,
        cancelled: settings.retention.cancelledDays,
      },
      emergencyDays: {
        complete: settings.retention.emergencyCompleteDays,
        failed: settings.retention.emergencyFailedDays,
        cancelled: settings.retention.emergencyCancelledDays,
      },
      cleanupHour: settings.retention.cleanupHour,
      cleanupAtMb: settings.database.cleanupAtMb,
      refuseAtMb: settings.database.refuseAtMb,
    },
  });
  const creator: Creator = { chain: chain.fingerprint, model: chain.label, offlineModel: 'offline reviewer' };
  const checks = openChecks(context, {
    files,
    library,
    search,
    deps: () => deps,
    work(jobId) {
      if (!options.workersElsewhere) runtime.startWorkers(jobId);
    },
  });
  const { inbox, proposals, elicitation, recordRetirement } = openInbox(context, {
    database,
    project,
    bus,
    files,
    library,
    // Looking for duplicates is no use of a standard.
    search: standards.index,
    async refreshIndex() {
      await standards.index.refresh();
    },
    tryCheck: async (draft) => placesFlagged(draft, checks),
    personIsPresent: options.personIsPresent,
    onError: options.onError,
    draftsFromJob: (jobId) => draftsFromJob(jobId),
    reviseByPersona: (wanted) => reviseByPersona(wanted),
  });
  const redact = async (text: string) =>
    (await import('../capabilities/analyzers/index.ts')).redactSecrets(text);
  const deps: AppDeps = {
    inbox,
    proposals,
    exports: { library, root },
    checks,
    jobs: {
      store,
      database,
      bus,
      clock,
      ids,
      project,
      admission: {
        maxWaiting: settings.jobs.maxWaiting,
        maxCreatedPerMinute: settings.jobs.maxCreatedPerMinute,
      },
      retention,
      creator,
      redact,
      maxContextBytes: settings.jobs.maxContextBytes,
      pollMs: settings.jobs.pollMs,
      leases: settings.jobs,
    },
    work: { files, personas },
    standards: search,
    library: { ...standards.maintenance, recordRetirement },
    standardFigures: standards,
    index: standards.index,
    personas,
    personaTrust: context.trust,
    projectRoot: root,
    maxDocumentBytes: settings.personas.maxDocumentBytes,
    clock,
    personIsPresent: options.personIsPresent,
  };

  const describeRule = async (rule: string) =>
    (await import('../capabilities/analyzers/index.ts')).describeRule(rule);
  const asked = personaProposals({
    desk: proposals.desk,
    proposals: proposals.store,
    inbox: inbox.approvals.store,
    project,
    kind: standardKindName,
  });
  const draftsFromJob = jobDrafts({
    jobs: deps.jobs,
    files,
    personas,
    proposals: asked,
    describeRule,
    redact,
  });
  const reviseByPersona = personaReviser(deps);
  const runJob = reviewRunner({
    files,
    personas,
    standards: search,
    library,
    proposals: asked,
    describeRule,
    analyze: async (request) => (await import('../capabilities/analyzers/index.ts')).analyze(request),
    redact,
    hasModel: chain.fingerprint !== '',
    openModel: async (attempt) =>
      openModelForJob(attempt, { chain, env, settings, clock, onSpan: await onSpan() }),
    loadTokenCounter: async () => {
      const { loadTokenCounter } = await import('../platform/tokens/index.ts');
      const counter = await loadTokenCounter();
      return (text) => counter.count(text);
    },
    settings: {
      ...settings.work,
      maxRetries: settings.models.maxRetries,
      gitTimeoutMs: settings.git.timeoutMs,
    },
    now: () => clock.now(),
  });

  async function onSpan() {
    if (!settings.telemetry.enabled) return undefined;
    const { openTelemetrySpans } = await import('../capabilities/models/index.ts');
    return openTelemetrySpans();
  }

  let pool: WorkerPool | undefined;
  const closing = new AbortController();

  async function cleanUpWhenDue(): Promise<void> {
    while (!closing.signal.aborted) {
      await retention.runIfDue(closing.signal).catch((error: unknown) => {
        if (error !== closing.signal.reason) options.onError(error);
      });
      await clock.sleep(cleanupCheckMs, { signal: closing.signal, unref: true }).catch(() => undefined);
    }
  }

  const runtime: Runtime = {
    deps,
    elicitation,
    database,
    startWorkers(onlyJobId) {
      if (pool === undefined) {
        pool = createWorkerPool({
          store,
          database,
          bus,
          clock,
          project,
          owner: `${hostname()}:${process.pid}:${ids.next()}`,
          chains: [...new Set([chain.fingerprint, ''])],
          settings: settings.jobs,
          runJob,
          onError: options.onError,
          ...(onlyJobId === undefined ? {} : { onlyJobId }),
        });
        pool.start();
        if (onlyJobId === undefined) {
          void cleanUpWhenDue();
          // What a person approved and a crash or a full disk left undone.
          void inbox.approvals.finishAll().catch(options.onError);
        }
      }
      return pool;
    },
    async close() {
      if (closing.signal.aborted) return;
      closing.abort(new Error('the process is closing'));
      await pool?.stop();
      await standards.close();
      personas.close();
      await database.close();
    },
  };
  return runtime;
}
