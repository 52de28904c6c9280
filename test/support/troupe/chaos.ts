import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { invoke } from '../../../src/kernel/index.ts';
import { operations } from '../../../src/app/operations.ts';
import { openProjectContext } from '../../../src/app/project-context.ts';
import { openRuntime, type Runtime } from '../../../src/app/runtime.ts';
import { afterwards } from '../../../src/platform/files/testing.ts';
import { openModelServer, type ModelServer } from '../model-servers/index.ts';
import { chaosReply, jobNumberIn, taskOf, toolCallsOfAJob, turnsOfAJob } from './chaos-script.ts';
import { exampleProject, type ExampleProject } from './example-project.ts';
import { jobHistories, readStored, storedEvents } from './stored-jobs.ts';
import { startTroupe, type TroupeProcess } from './troupe-process.ts';

export interface ChaosPlan {
  jobs: number;
  /** Worker processes alive at any time. */
  processes: number;
  /** How often one of them is killed; a new one takes its place. */
  kills: number;
  /** Hears what is being done. */
  say?: (line: string) => void;
}

export interface ChaosOutcome {
  /** What went against a promise; empty when all held. */
  broken: string[];
  /** Jobs that were taken back from a killed worker. */
  takenBack: number;
  /** Turns the model was paid for, and the least that the jobs need. */
  paidTurns: number;
  neededTurns: number;
  seconds: number;
}

/** Killed workers must be noticed soon, and no job may fail for having met several of them. */
const workerEnvironment = {
  TROUPE_JOBS_LEASE_MS: '3000',
  TROUPE_JOBS_HEARTBEAT_MS: '500',
  TROUPE_JOBS_MAX_ATTEMPTS: '20',
  TROUPE_JOBS_MAX_RUNNING_PER_PROJECT: '100',
  TROUPE_JOBS_MAX_WAITING: '0',
  TROUPE_JOBS_MAX_CREATED_PER_MINUTE: '0',
};

/**
 * Many jobs over several worker processes that are killed in the middle of their work, against a model server that
 * looks at every call: it must not ask for a turn that is already stored.
 */
export async function runChaos(t: Pick<TestContext, 'after'>, plan: ChaosPlan): Promise<ChaosOutcome> {
  const say = plan.say ?? (() => undefined);
  const startedAt = performance.now();
  const project = await exampleProject(t);
  const broken: string[] = [];
  const stored: { turnsOf?: (task: string) => number } = {};
  const server = await openModelServer('anthropic', (request) => {
    const task = taskOf(jobNumberIn(request.body));
    const finished = stored.turnsOf!(task);
    if (finished !== request.assistantTurns)
      broken.push(`${task}: asked for turn ${request.assistantTurns} with ${finished} turns stored`);
    return chaosReply(request);
  });
  afterwards(t, () => server.close());
  const env = { ...project.env, ...server.env, ...workerEnvironment };

  const runtime = await openRuntime(await openProjectContext({ cwd: project.root, env }), {
    oneCommand: false,
    workersElsewhere: false,
    personIsPresent: () => false,
    onError: (error) => broken.push(String(error)),
    onNotice: (message) => broken.push(message),
  });
  afterwards(t, () => runtime.close());
  const jobIds = await createJobs(runtime, plan.jobs);
  stored.turnsOf = openTurnCounter(t, project);
  say(`${plan.jobs} jobs created`);

  const crowd = Array.from({ length: plan.processes }, () => startTroupe(t, { ...project, env }, ['worker']));
  await killNowAndThen(crowd, server, plan, () => startTroupe(t, { ...project, env }, ['worker']), say);
  for (const jobId of jobIds) await untilEnded(runtime, jobId);
  for (const { child } of crowd) child.kill('SIGTERM');
  for (const { finished } of crowd) await finished;

  broken.push(...server.violations(), ...flawsIn(project.root, jobIds));
  return {
    broken,
    takenBack: storedEvents(project.root).filter(({ name }) => name === 'jobs.reclaimed').length,
    paidTurns: server.paid().turns,
    neededTurns: plan.jobs * turnsOfAJob,
    seconds: Math.round((performance.now() - startedAt) / 100) / 10,
  };
}

const chaosPersonas = ['security', 'qa', 'architect', 'sre'] as const;

async function run(runtime: Runtime, name: string, input: unknown): Promise<Record<string, unknown>> {
  const operation = operations.find((candidate) => candidate.name === name)!;
  const call = { door: 'cli', caller: 'chaos' } as const;
  return (await invoke(operation, input, { deps: runtime.deps, call })) as Record<string, unknown>;
}

async function createJobs(runtime: Runtime, count: number): Promise<string[]> {
  const jobIds: string[] = [];
  for (let n = 0; n < count; n++) {
    const persona = chaosPersonas[n % chaosPersonas.length];
    const { job_id: jobId } = await run(runtime, 'personas.invoke', { persona, task: taskOf(n) });
    jobIds.push(jobId as string);
  }
  return jobIds;
}

/** Counts a job's stored turns at the moment a call arrives. */
function openTurnCounter(t: Pick<TestContext, 'after'>, { root }: ExampleProject): (task: string) => number {
  const database = new DatabaseSync(join(root, '.agent-os', 'troupe.db'), { readOnly: true, timeout: 5_000 });
  afterwards(t, () => database.close());
  const count = database.prepare(
    "SELECT count(*) AS n FROM job_steps WHERE kind = 'turn' AND job_id = (SELECT id FROM jobs WHERE task = ?)",
  );
  return (task) => (count.get(task) as { n: number }).n;
}

/** Kills are spread evenly over the calls that the jobs will make; each falls into the middle of a call. */
async function killNowAndThen(
  crowd: TroupeProcess[],
  server: ModelServer,
  { jobs, kills }: ChaosPlan,
  start: () => TroupeProcess,
  say: (line: string) => void,
): Promise<void> {
  const everyCalls = Math.floor((jobs * turnsOfAJob) / (kills + 1));
  for (let kill = 0; kill < kills; kill++) {
    await server.requested.next(({ index }) => index >= everyCalls * (kill + 1));
    const victim = kill % crowd.length;
    await crowd[victim]!.crash();
    crowd[victim] = start();
    say(`worker ${kill + 1} of ${kills} killed in call ${everyCalls * (kill + 1)}`);
  }
}

async function untilEnded(runtime: Runtime, jobId: string): Promise<void> {
  for (;;) {
    const { status } = await run(runtime, 'jobs.check', { job_id: jobId, wait_seconds: 50 });
    if (status !== 'pending' && status !== 'running') return;
  }
}

/** What the database says against the promises: every job complete, ended once, each step once. */
function flawsIn(root: string, jobIds: readonly string[]): string[] {
  const histories = jobHistories(root);
  const rows = readStored(root, (database) =>
    database
      .prepare(
        `SELECT id, status, tokens_input AS tokens, error_code AS error,
           (SELECT count(*) FROM job_steps WHERE job_id = jobs.id AND kind = 'turn') AS turns,
           (SELECT count(*) FROM job_steps WHERE job_id = jobs.id AND kind = 'tool') AS tools FROM jobs`,
      )
      .all(),
  ) as { id: string; status: string; tokens: number; error: string | null; turns: number; tools: number }[];
  const flaws = rows.flatMap(({ id, status, turns, tools, tokens, error }) => {
    const endings = histories.get(id)?.endings.join() ?? 'none';
    const found = `${status} ${error ?? ''} ends ${endings} turns ${turns} tools ${tools} tokens ${tokens}`;
    const expected = `complete  ends jobs.completed turns ${turnsOfAJob} tools ${toolCallsOfAJob} tokens ${turnsOfAJob * 100}`;
    return found === expected ? [] : [`${id}: ${found}`];
  });
  return rows.length === jobIds.length ? flaws : [...flaws, `${rows.length} jobs of ${jobIds.length}`];
}
