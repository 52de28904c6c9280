import type { Database } from '../platform/database/index.ts';
import { createEventBus } from '../platform/events/index.ts';
import { openProjectFiles } from '../platform/files/index.ts';
import type { ElicitationDesk } from '../capabilities/approvals/index.ts';
import { sqlJobStore, type Creator, type WorkerPool } from '../capabilities/jobs/index.ts';
import { placesFlagged } from '../capabilities/checks/index.ts';
import { offlineLabel } from '../capabilities/models/index.ts';
import { standardKindName } from '../capabilities/proposals/index.ts';
import { jobDrafts, personaProposals, personaReviser } from '../capabilities/work/index.ts';
import { describeRule, redactSecrets } from './analyzers-when-needed.ts';
import { openApprovalStore } from './open-approval-store.ts';
import { openChecks } from './open-checks.ts';
import { openDatabase, projectKeyOf } from './open-database.ts';
import { openInbox } from './open-inbox.ts';
import { openRetention } from './open-retention.ts';
import { openReviews } from './open-reviews.ts';
import { openStandards } from './open-standards.ts';
import { openStateFolder } from './open-state-folder.ts';
import { openWorkers } from './open-workers.ts';
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
  /** Whether jobs are left to others, such as a thread beside this one: then none is worked on here. */
  workersElsewhere: boolean;
  /** Whether a person is at this process's terminal. */
  personIsPresent: () => boolean;
  /** Hears what goes wrong beside any call. */
  onError: (error: unknown) => void;
  /** Hears, in a sentence, what people should know of the opening. */
  onNotice: (message: string) => void;
}

/**
 * Opens database, store and everything the operations need. The first use in a project makes `.agent-os`; for one that cannot
 * be written the state lies with the user, who is told so. Errors: `database.*`, `files.*`, `user.*`.
 */
export async function openRuntime(context: ProjectContext, options: RuntimeOptions): Promise<Runtime> {
  const opened = new AsyncDisposableStack();
  try {
    return await openParts(context, options, opened);
  } catch (error) {
    // What stands already must not stay open: the next call tries again, and the first failure is what people hear of.
    await opened.disposeAsync().catch(options.onError);
    throw error;
  }
}

async function openParts(
  context: ProjectContext,
  options: RuntimeOptions,
  opened: AsyncDisposableStack,
): Promise<Runtime> {
  const { root, clock, ids, chain, personas } = context;
  const settings = context.settings.values;
  const state = await openStateFolder(context, options.onNotice);
  const database = await openDatabase(context, state);
  opened.defer(() => database.close());
  const project = await projectKeyOf(database, context, state, options.onNotice);
  const bus = createEventBus(options.onError);
  const store = sqlJobStore(database, bus);
  const files = await openProjectFiles({ root, clock, ...settings.files });
  const { approvals, approved } = await openApprovalStore(context, { database, bus, state, project });
  const standards = await openStandards(context, {
    state,
    database,
    project,
    files,
    approvals: approved,
    oneCommand: options.oneCommand,
    onError: options.onError,
  });
  opened.defer(() => standards.close());
  const { library, search } = standards;
  const retention = openRetention(context, { store, database, project });
  const creator: Creator = { chain: chain.fingerprint, model: chain.label, offlineModel: offlineLabel };
  const checks = openChecks(context, {
    files,
    library,
    search,
    deps: () => deps,
    work(jobId) {
      if (!options.workersElsewhere) workers.start(jobId);
    },
  });
  const { inbox, proposals, elicitation, recordRetirement } = openInbox(context, {
    database,
    project,
    approvals,
    files,
    library,
    // Looking for duplicates is no use of a standard.
    search: standards.index,
    async refreshIndex() {
      await standards.index.refresh();
    },
    tryCheck: async (draft) => placesFlagged(draft, checks),
    tryChecks: standards.maintenance.tryChecks,
    personIsPresent: options.personIsPresent,
    onError: options.onError,
    draftsFromJob: (jobId) => draftsFromJob(jobId),
    reviseByPersona: (wanted) => reviseByPersona(wanted),
  });
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
      redact: redactSecrets,
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
    redact: redactSecrets,
  });
  const reviseByPersona = personaReviser(deps);
  const workers = openWorkers(context, {
    store,
    database,
    bus,
    project,
    retention,
    runJob: openReviews(context, { files, library, standards: search, proposals: asked }),
    finishApproved: () => inbox.approvals.finishAll(),
    onError: options.onError,
  });

  opened.defer(() => workers.stop());

  return {
    deps,
    elicitation,
    database,
    startWorkers: workers.start,
    async close() {
      try {
        await opened.disposeAsync();
      } finally {
        personas.close();
      }
    },
  };
}
