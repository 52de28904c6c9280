import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import type { LanguageModel } from 'ai';
import { systemClock, systemIds } from '../../kernel/index.ts';
import { createEventBus, eventMigrations } from '../../platform/events/index.ts';
import { openProjectFiles, type ProjectFiles } from '../../platform/files/index.ts';
import { openTestSqlite } from '../../platform/database/testing.ts';
import {
  analyze,
  describeRule,
  isCode,
  redactSecrets,
  runChecks,
  scanForSecrets,
} from '../analyzers/index.ts';
import {
  approvalMigrations,
  openApprovals,
  personAtTerminal,
  sqlApprovalStore,
  type Approvals,
  type Decided,
  type DecisionKind,
} from '../approvals/index.ts';
import {
  createWorkerPool,
  jobMigrations,
  sqlJobStore,
  type Job,
  type JobStore,
  type RunJob,
} from '../jobs/index.ts';
import { placesFlagged } from '../checks/index.ts';
import { newJob, noLimits } from '../jobs/testing.ts';
import { personaProject, personaText, type PersonaProject } from '../personas/testing.ts';
import {
  openProposalDesk,
  proposalMigrations,
  sqlProposalStore,
  standardKind,
  standardKindName,
  type DraftSources,
  type ProposalDesk,
  type ProposalStore,
} from '../proposals/index.ts';
import { wordSearch } from '../search/testing.ts';
import { openStandardsLibrary, shippedStandardsFolders, type StandardsLibrary } from '../standards/index.ts';
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
};

export interface ReviewDesk {
  root: string;
  files: ProjectFiles;
  personas: PersonaProject;
  approvals: Approvals;
  proposals: ProposalStore;
  desk: ProposalDesk;
  library: StandardsLibrary;
  store: JobStore;
  /** A person at a terminal answers a request. */
  answer(number: number, decision: DecisionKind, because?: string): Promise<Decided>;
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
  /** The same, but the worker stops with that step done and not stored. */
  stopsBefore?: readonly number[];
  retryOf?: Job;
  /** Id of the proposal that the job is made to revise. */
  revises?: string;
}

const scan = (text: string) => scanForSecrets(text, { name: 'standard.md', strict: true });

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
    approvals: {
      hashesApproved: (project, ids) => inbox.hashesApproved(project, standardKindName, ids),
      lastApprovals: (project) => inbox.lastApprovals(project, standardKindName),
    },
    limits: { maxDocumentBytes: 200_000, maxFiles: 1_000 },
  });
  const search = await wordSearch(t, library, join(root, '.agent-os/.cache/standards.db'));
  const facts: DraftSources = {
    search: () => Promise.resolve(search),
    library: () => Promise.resolve(library),
    tryCheck: (draft) =>
      placesFlagged(draft, {
        files,
        runChecks,
        isCode: (file) => Promise.resolve(isCode(file)),
        settings: { ruleTimeoutMs: 5_000 },
      }),
    onProblem: (error) => {
      throw error;
    },
  };
  const desk = openProposalDesk({
    approvals,
    store: proposals,
    clock: systemClock,
    ids: systemIds,
    root,
    scanForSecrets: scan,
    facts,
    limits: { maxTextBytes: 50_000, maxRevisions: 5 },
  });
  approvals.register(
    standardKind({
      approvals,
      store: proposals,
      root,
      scanForSecrets: scan,
      maxTextBytes: 50_000,
      facts,
      readAdopted: async (id) => (await library.read(await library.find(id))).text,
      refreshIndex: () => Promise.resolve(),
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
    store,
    async answer(number, decision, because) {
      const request = await inbox.find(root, String(number));
      const presence = { personIsPresent: () => true, personName: () => 'kim' };
      const person = personAtTerminal({ door: 'cli' }, presence, { act: decision, command: '' });
      const { revision, textHash } = request;
      return approvals.decide(person, { request, revision, textHash, decision, because });
    },
    async review({ model, settings, stopsAfter = [], stopsBefore = [], retryOf, deps: changes, ...request }) {
      const runner = reviewRunner({
        files,
        personas: personas.registry,
        standards: search,
        library,
        proposals: personaProposals({ desk, proposals, inbox, project: root, kind: standardKindName }),
        describeRule,
        analyze,
        redact: redactSecrets,
        hasModel: true,
        openModel: () =>
          Promise.resolve({
            model: model!,
            label: () => 'scripted model',
            spent: () => ({ inputTokens: 0, outputTokens: 0, costUsd: 0 }),
            notes: () => [],
          }),
        loadTokenCounter: () => Promise.resolve((text) => Math.ceil(text.length / 4)),
        settings: { ...workSettings, ...settings },
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
        revises: request.revises ?? null,
      });
      await store.insert(job, noLimits, retryOf?.id);
      for (const after of stopsAfter) await runOnce(job.id, stopping(runner, after, true));
      for (const before of stopsBefore) await runOnce(job.id, stopping(runner, before, false));
      await runOnce(job.id, runner);
      return (await store.get(job.id))!;
    },
  };
}

/** The worker dies at that step of this attempt, right after it is stored or right before. */
function stopping(runner: RunJob, step: number, isStored: boolean): RunJob {
  let done = 0;
  return (attempt) =>
    runner({
      ...attempt,
      async finishStep(...finished) {
        done += 1;
        if (done === step && !isStored) throw stopped;
        await attempt.finishStep(...finished);
        if (done === step) throw stopped;
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
