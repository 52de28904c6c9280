import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import type { LanguageModel } from 'ai';
import { systemClock, systemIds } from '../../kernel/index.ts';
import { createEventBus, eventMigrations } from '../../platform/events/index.ts';
import { openProjectFiles, type ProjectFiles } from '../../platform/files/index.ts';
import { openTestSqlite } from '../../platform/database/testing.ts';
import { analyze, describeRule, redactSecrets, scanForSecrets } from '../analyzers/index.ts';
import { approvalMigrations, openApprovals, sqlApprovalStore, type Approvals } from '../approvals/index.ts';
import { createWorkerPool, jobMigrations, sqlJobStore, type Job, type RunJob } from '../jobs/index.ts';
import { newJob, noLimits } from '../jobs/testing.ts';
import { personaProject, personaText, type PersonaProject } from '../personas/testing.ts';
import {
  openProposalDesk,
  proposalMigrations,
  sqlProposalStore,
  standardKind,
  standardKindName,
  type ProposalDesk,
  type ProposalStore,
} from '../proposals/index.ts';
import {
  keywordSearch,
  openStandardsLibrary,
  shippedStandardsFolders,
  type StandardsLibrary,
} from '../standards/index.ts';
import type { ReviewData } from './contract/index.ts';
import { personaProposals } from './standards/persona-proposals.ts';
import { reviewRunner, type WorkerDeps, type WorkSettings } from './run-review.ts';

export const workSettings: WorkSettings = {
  maxTurns: 25,
  maxOutputTokens: 4_096,
  maxInstructionTokens: 40_000,
  maxToolOutputChars: 30_000,
  maxProposals: 2,
  gitTimeoutMs: 30_000,
  maxRepeats: 3,
  maxRetries: 2,
};

export interface ReviewDesk {
  root: string;
  files: ProjectFiles;
  personas: PersonaProject;
  approvals: Approvals;
  proposals: ProposalStore;
  desk: ProposalDesk;
  library: StandardsLibrary;
  /** Makes a job and works it to its end, in as many attempts as `runs` has wrappers; resolves to the ended job. */
  review(request: ReviewRequest): Promise<Job>;
}

export interface ReviewRequest {
  task?: string;
  context?: string;
  persona?: string;
  /** None: the offline reviewer. */
  model?: LanguageModel;
  settings?: Partial<WorkSettings>;
  deps?: Partial<WorkerDeps>;
  /** Steps after which the worker stops for ever, one number for each attempt before the last. */
  stopsAfter?: readonly number[];
  retryOf?: Job;
}

const scan = (text: string) => scanForSecrets(text, { name: 'standard.md' });

const stopped = new Error('the worker stopped');

/** A project on disk with these files, real tools, personas, analyzers and job store. */
export async function openReviewDesk(t: TestContext, given: Record<string, string>): Promise<ReviewDesk> {
  const personas = await personaProject(t);
  const { root } = personas;
  for (const [path, content] of Object.entries(given)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  const files = await openProjectFiles({ root });
  const database = await openTestSqlite(t, {
    migrations: [...eventMigrations, ...jobMigrations, ...approvalMigrations, ...proposalMigrations],
  });
  const bus = createEventBus((error) => {
    throw error;
  });
  const store = sqlJobStore(database, bus);
  const inbox = sqlApprovalStore(database, bus);
  const approvals = openApprovals({
    store: inbox,
    clock: systemClock,
    ids: systemIds,
    project: root,
    maxWaiting: 0,
  });
  const proposals = sqlProposalStore(database);
  const library = openStandardsLibrary({
    root,
    universalFolder: shippedStandardsFolders().universal,
    approvals: { hashesApproved: (project, ids) => inbox.hashesApproved(project, standardKindName, ids) },
    limits: { maxDocumentBytes: 200_000, maxFiles: 1_000 },
  });
  const desk = openProposalDesk({
    approvals,
    store: proposals,
    clock: systemClock,
    ids: systemIds,
    root,
    scanForSecrets: scan,
    search: () => Promise.resolve(keywordSearch(files)),
    library: () => Promise.resolve(library),
    onProblem: (error) => {
      throw error;
    },
    limits: { maxTextBytes: 50_000, maxRevisions: 5 },
  });
  approvals.register(
    standardKind({
      store: proposals,
      root,
      scanForSecrets: scan,
      maxTextBytes: 50_000,
      readAdopted: async (id) => (await library.read(await library.find(id))).text,
    }),
  );

  /** Runs one attempt in a pool of its own until the job leaves the state or the worker stops. */
  async function runOnce(jobId: string, runJob: RunJob): Promise<void> {
    const { promise: ended, resolve } = Promise.withResolvers<unknown>();
    const unsubscribe = bus.subscribe((event) => {
      if (['jobs.completed', 'jobs.failed', 'jobs.cancelled'].includes(event.name)) resolve(undefined);
    });
    const pool = createWorkerPool({
      store,
      database,
      bus,
      clock: systemClock,
      project: root,
      owner: `worker of ${jobId}`,
      chains: ['', 'hosted'],
      onlyJobId: jobId,
      settings: { ...poolSettings },
      runJob: (attempt) =>
        runJob(attempt).catch((error: unknown) => {
          if (error !== stopped) throw error;
          resolve(undefined);
          // A killed process says nothing more.
          return new Promise(() => undefined);
        }),
      onError: resolve,
    });
    pool.start();
    await ended;
    await pool.stop();
    unsubscribe();
  }

  return {
    root,
    files,
    personas,
    approvals,
    proposals,
    desk,
    library,
    async review({ model, settings, stopsAfter = [], retryOf, deps: changes, ...request }) {
      const runner = reviewRunner({
        files,
        personas: personas.registry,
        standards: keywordSearch(files),
        library,
        proposals: personaProposals({ desk, proposals, inbox, project: root, kind: standardKindName }),
        describeRule,
        analyze,
        redact: redactSecrets,
        openModel: () =>
          Promise.resolve({
            model: model!,
            label: () => 'scripted model',
            spent: () => ({ inputTokens: 0, outputTokens: 0, costUsd: 0 }),
            notes: () => [],
          }),
        loadTokenCounter: () => Promise.resolve((text) => Math.ceil(text.length / 4)),
        settings: { ...workSettings, ...settings },
        now: Date.now,
        ...changes,
      });
      const name = request.persona ?? 'security';
      const persona = await personas.registry.find(name);
      const job = newJob({
        project: root,
        persona: name,
        personaHash: persona.contentHash,
        task: request.task ?? 'review src',
        context: request.context ?? null,
        chain: model === undefined ? '' : 'hosted',
        retryOf: retryOf?.id ?? null,
      });
      await store.insert(job, noLimits, retryOf?.id);
      for (const after of stopsAfter) await runOnce(job.id, stoppingAfter(runner, after));
      await runOnce(job.id, runner);
      return (await store.get(job.id))!;
    },
  };
}

/** The worker dies right after that many steps of this attempt are stored. */
function stoppingAfter(runner: RunJob, steps: number): RunJob {
  let stored = 0;
  return (attempt) =>
    runner({
      ...attempt,
      async finishStep(...step) {
        await attempt.finishStep(...step);
        stored += 1;
        if (stored === steps) throw stopped;
      },
    });
}

export const dataOf = (job: Job) => JSON.parse(job.resultData!) as ReviewData;

/** A trusted persona of the test's own in the user's layer. */
export async function writeUserPersona(desk: ReviewDesk, name: string, frontMatter: string): Promise<void> {
  await writeFile(join(desk.personas.userFolder, `${name}.md`), personaText(frontMatter));
}

const poolSettings = {
  workers: 1,
  maxRunningPerProject: 0,
  leaseMs: 30_000,
  heartbeatMs: 10_000,
  maxAttempts: 3,
  pollMs: 5,
  reportEveryMs: 5_000,
  maxDurationMs: 600_000,
  shutdownMs: 60_000,
};
