import { operationsOf } from '../../../kernel/index.ts';
import type { ProjectFiles } from '../../../platform/files/index.ts';
import { createJob, type JobDeps, type NewJob } from '../../jobs/index.ts';
import type { Persona, PersonaRegistry } from '../../personas/index.ts';
import { invokePersonaInput, invokePersonaOutput, untrusted } from '../contract/index.ts';
import { refuseWithoutScope } from '../scope/refuse-without-scope.ts';
import { scopeOfJob } from '../scope/scope-of-job.ts';
import { countMarks, redactedNote } from '../tools/redacted-marks.ts';

/** What the operations on work need. */
export interface WorkDeps extends JobDeps {
  work: { files: ProjectFiles; personas: PersonaRegistry };
}

/** Bounds of the wait that the answer proposes. */
const shortestWaitSeconds = 5;
const longestWaitSeconds = 30;

/** What a caller should know of an answer that no language model gives. */
function whoAnswers({ name, trusted }: Persona, chain: string): string {
  if (chain === '') return ' No language model is configured: the offline reviewer answers, by rules only.';
  if (trusted) return '';
  return ` The offline reviewer answers: ${untrusted(name)}.`;
}

/** What was redacted before the job was stored, as its review says it. */
function redactedNotes({ task, context }: Pick<NewJob, 'task' | 'context'>): string[] {
  return Object.entries({ task, context: context ?? '' }).flatMap(
    ([part, text]) => redactedNote(countMarks(text), part) ?? [],
  );
}

export const invokePersona = operationsOf<WorkDeps>()({
  name: 'personas.invoke',
  summary: 'Give a persona a task; it works in the background. Wait for the review with check_persona_job.',
  input: invokePersonaInput,
  output: invokePersonaOutput,
  doors: { mcp: 'invoke_{persona}', cli: 'ask' },
  policy: { effect: 'write', idempotent: false },
  errors: [
    'personas.unknown',
    'jobs.empty_task',
    'jobs.not_text',
    'jobs.context_too_large',
    'jobs.queue_full',
    'jobs.rate_limited',
    'jobs.database_full',
    'files.outside_project',
    'work.path_not_found',
    'work.empty_context',
  ],
  async handler({ persona: name, task, context, priority }, { deps, call }) {
    const persona = await deps.work.personas.find(name);
    const { files } = deps.work;
    const scope = await scopeOfJob({ task, context: context ?? null }, files, deps.jobs.redact);
    await refuseWithoutScope({ task, context }, scope, files);
    const { jobId, estimateMs, ...stored } = await createJob(deps, {
      persona: persona.name,
      personaHash: persona.contentHash,
      task,
      context: context ?? null,
      priority,
      caller: call.caller,
      offlineOnly: !persona.trusted,
    });
    const waitSeconds = Math.min(
      longestWaitSeconds,
      Math.max(shortestWaitSeconds, Math.ceil(estimateMs / 1_000)),
    );
    const notes = redactedNotes(stored);
    const notFound = scope.missing.length === 0 ? '' : ` Not found: ${scope.missing.join(', ')}.`;
    return {
      status: 'started' as const,
      job_id: jobId,
      persona: persona.name,
      estimated_duration_seconds: Math.max(1, Math.round(estimateMs / 1_000)),
      poll_command: `check_persona_job(job_id='${jobId}', wait_seconds=${waitSeconds})`,
      ...(notes.length === 0 ? {} : { notes }),
      message:
        `${persona.displayName} got the task; scope: ${scope.stated}.${notFound} Check again in ${waitSeconds} s; you can go on meanwhile.` +
        notes.map((note) => ` ${note}`).join('') +
        whoAnswers(persona, deps.jobs.creator.chain),
    };
  },
});
