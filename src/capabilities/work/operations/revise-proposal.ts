import { isAppError } from '../../../kernel/index.ts';
import { createJob, type JobDeps } from '../../jobs/index.ts';
import type { PersonaRegistry } from '../../personas/index.ts';
import type { RevisionWanted } from '../../proposals/index.ts';

/** What the persona is told that revises a standard it proposed. */
function reviseTask({ id, number, because }: Pick<RevisionWanted, 'id' | 'number' | 'because'>): string {
  return [
    `Revise the standard ${id} that you proposed (request ${number} of the inbox). A person read it and asks for changes:`,
    '',
    because.trim(),
    '',
    `The draft is in the context. Change what the person asks for, keep the rest, and check its places in the files. Then call propose_standard once, with the same topic and domain: what you propose takes the draft's place. Report no findings. If you disagree with a part of the feedback, say so in your closing text, and why.`,
  ].join('\n');
}

/**
 * Has the persona that proposed a standard make its next revision, in a job. Resolves to `undefined` where it cannot: no
 * language model is configured, the persona is gone, or its text is not trusted.
 * Errors: those of `createJob`.
 */
export function personaReviser(
  deps: JobDeps & { work: { personas: PersonaRegistry } },
): (wanted: RevisionWanted) => Promise<{ jobId: string } | undefined> {
  return async (wanted) => {
    if (deps.jobs.creator.chain === '') return undefined;
    const persona = await deps.work.personas.find(wanted.proposal.createdBy).catch((error: unknown) => {
      if (!isAppError(error)) throw error;
      return undefined;
    });
    if (persona?.trusted !== true || persona.name !== wanted.proposal.createdBy) return undefined;
    const { jobId } = await createJob(deps, {
      persona: persona.name,
      personaHash: persona.contentHash,
      task: reviseTask(wanted),
      context: wanted.revision.text,
      priority: 'high',
      caller: 'inbox',
      offlineOnly: false,
      revises: wanted.proposal.id,
    });
    return { jobId };
  };
}
