import { invoke, type Call } from '../kernel/index.ts';
import type { ProjectFiles } from '../platform/files/index.ts';
import { personaJudge, type ChecksDeps, type Judge, type PersonaJob } from '../capabilities/checks/index.ts';
import { jobOperations, type JobDeps } from '../capabilities/jobs/index.ts';
import type { StandardsLibrary, StandardsSearch } from '../capabilities/standards/index.ts';
import { workOperations, type WorkDeps } from '../capabilities/work/index.ts';
import { isCode, redactSecrets, runChecks } from './analyzers-when-needed.ts';
import type { ProjectContext } from './project-context.ts';

/** What checking needs of the rest. */
export interface CheckParts {
  files: ProjectFiles;
  library: StandardsLibrary;
  search: StandardsSearch;
  /** The operations on jobs and personas; asked for at the first question to a persona. */
  deps: () => JobDeps & WorkDeps;
  /** Sees to it that somebody works on a job. */
  work: (jobId: string) => void;
}

const [invokePersona, readFindings] = workOperations;
const [checkJob] = jobOperations;

const call: Call = { door: 'internal', caller: 'check' };

/** Longest wait of one look at a job, seconds; the next one follows at once. */
const waitSeconds = 50;

/** Checking against the standards of a project. Opens nothing by itself. */
export function openChecks(context: ProjectContext, parts: CheckParts): ChecksDeps['checks'] {
  const { checks, files: limits, git } = context.settings.values;
  const { files, library, search } = parts;
  return {
    library,
    files,
    search,
    judge: judgeOf(context, parts),
    runChecks,
    isCode,
    redact: redactSecrets,
    settings: { ...checks, gitTimeoutMs: git.timeoutMs, maxFileBytes: limits.maxFileBytes },
  };
}

/** A persona reads what no rule can check, where a language model can answer. */
function judgeOf({ chain, settings }: ProjectContext, { deps, work }: CheckParts): Judge {
  const { checks, jobs } = settings.values;
  return personaJudge({
    noModel: () => (chain.fingerprint === '' ? 'no language model is configured' : undefined),
    maxContextBytes: jobs.maxContextBytes,
    async invoke(task, context) {
      const input = { persona: checks.persona, task, context };
      const { job_id: jobId } = await invoke(invokePersona, input, { deps: deps(), call });
      work(jobId);
      return { jobId };
    },
    async read(jobId, { timeoutMs, signal }) {
      const until = performance.now() + timeoutMs;
      const waited: Call = { ...call, signal };
      for (;;) {
        const leftSeconds = Math.ceil((until - performance.now()) / 1_000);
        const input = { job_id: jobId, wait_seconds: Math.min(waitSeconds, Math.max(0, leftSeconds)) };
        const { status } = await invoke(checkJob, input, { deps: deps(), call: waited });
        const hasEnded = status !== 'pending' && status !== 'running';
        if (hasEnded || leftSeconds <= 0 || signal?.aborted === true) return jobOf(jobId, deps());
      }
    },
  });
}

async function jobOf(jobId: string, deps: JobDeps): Promise<PersonaJob> {
  const { status, error, findings } = await invoke(readFindings, { job_id: jobId }, { deps, call });
  return {
    status,
    failure: error?.message ?? null,
    findings: findings.map(({ place_verified: placeVerified, ...finding }) => ({
      ...finding,
      placeVerified,
    })),
  };
}
