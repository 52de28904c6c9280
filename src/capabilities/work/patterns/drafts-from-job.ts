import type { ProjectFiles } from '../../../platform/files/index.ts';
import type { RuleDescription } from '../../analyzers/index.ts';
import type { Job, JobStore } from '../../jobs/index.ts';
import { isAppError } from '../../../kernel/index.ts';
import { jobErrors } from '../../jobs/index.ts';
import type { Persona, PersonaRegistry } from '../../personas/index.ts';
import type { ProposalInput } from '../../proposals/index.ts';
import { kebabCase } from '../../standards/index.ts';
import type { Finding } from '../contract/index.ts';
import { workErrors } from '../errors.ts';
import type { FindingLedger } from '../findings/finding-ledger.ts';
import { recordOfJob } from '../operations/record-of-job.ts';
import { draftText } from '../standards/draft.ts';
import type { EarlierProposal, PersonaProposals } from '../standards/persona-proposals.ts';
import { checkEvidence } from '../standards/proposal-evidence.ts';
import { draftOfPattern } from './draft-of-pattern.ts';
import { repeatedPatterns, type FlaggedPlace, type RepeatedPattern } from './repeated-pattern.ts';

/** What drafting from a finished job needs. */
export interface DraftingDeps {
  jobs: { store: JobStore; project: string };
  files: ProjectFiles;
  personas: PersonaRegistry;
  proposals: PersonaProposals;
  describeRule: (rule: string) => Promise<RuleDescription | undefined>;
  redact: (text: string) => Promise<{ text: string; redacted: number }>;
}

/**
 * Drafts a standard from what repeats most in a job's findings, by rule, and by title where no rule supports them. What
 * is open or was rejected is passed over. At most one draft; none where nothing repeats.
 * Errors: `jobs.not_found`, `jobs.ambiguous_id`, `analyzers.bad_pack`, `work.proposed_before`.
 */
export function jobDrafts(deps: DraftingDeps): (jobId: string) => Promise<ProposalInput[]> {
  return async (given) => {
    const { store, project } = deps.jobs;
    const jobId = await store.resolveId(project, given);
    const job = await store.get(jobId);
    if (job === undefined) throw jobErrors.make('jobs.not_found', { jobId });
    const { ledger } = await recordOfJob(store, jobId);
    const persona = await personaOf(job, deps.personas);
    const earlier = await deps.proposals.earlier();
    const trades = persona?.checks ?? [];
    let before: EarlierProposal | undefined;
    for (const pattern of repeatedPatterns(placesOf(ledger), trades)) {
      const { family } = pattern;
      const rule = (await deps.describeRule(family)) ?? claimedRule(pattern, ledger);
      if (rule === undefined) continue;
      const draft = await proposalOf(pattern, rule, { job, persona, ledger }, deps);
      if (draft === undefined) continue;
      const same = earlier.find(
        ({ id, uses }) => uses.includes(family) || id === `${draft.domain}/${draft.topic}`,
      );
      if (same === undefined) return [draft];
      before ??= same;
    }
    if (before !== undefined) throw workErrors.make('work.proposed_before', { ...before, jobId });
    return [];
  };
}

/** The persona may be gone since. */
async function personaOf(job: Job, personas: PersonaRegistry): Promise<Persona | undefined> {
  return personas.find(job.persona).catch((error: unknown) => {
    if (!isAppError(error)) throw error;
    return undefined;
  });
}

const claimed = 'claimed';

/** Claims that no rule supports are alike by their titles. */
function familyOfClaim({ title }: Finding): string {
  return `${claimed}/${kebabCase(title) ?? 'pattern'}`;
}

function placesOf(ledger: FindingLedger): FlaggedPlace[] {
  return ledger.placed.map((finding) => {
    const { severity, file, line, quote } = finding;
    const rule = finding.evidence === null ? null : finding.rule;
    const usual = ledger.evidenceFor({ rule, file, line })?.usual;
    return { rule: rule ?? familyOfClaim(finding), severity, file, line, quote, usual };
  });
}

function claimedRule({ family }: RepeatedPattern, ledger: FindingLedger): RuleDescription | undefined {
  if (!family.startsWith(`${claimed}/`)) return undefined;
  const finding = ledger.placed.find((one) => familyOfClaim(one) === family);
  if (finding === undefined) return undefined;
  const { severity, title, why, remedy } = finding;
  return { family, trade: 'engineering', severity, title, why, remedy, analyzer: 'syntax', examples: [] };
}

async function proposalOf(
  pattern: RepeatedPattern,
  rule: RuleDescription,
  { job, persona, ledger }: { job: Job; persona: Persona | undefined; ledger: FindingLedger },
  { files, redact }: DraftingDeps,
): Promise<ProposalInput | undefined> {
  const isClaim = pattern.family.startsWith(`${claimed}/`);
  const draft = draftOfPattern(pattern, rule);
  const { evidence } = await checkEvidence(draft.evidence, { files, ledger, redact });
  if (evidence.length === 0) return undefined;
  const { text } = await redact(draftText(draft));
  const domain = persona?.standardDirectory ?? (isClaim ? 'development' : rule.trade);
  return {
    domain,
    topic: draft.topic,
    text,
    createdBy: job.persona,
    tags: isClaim ? [domain] : draft.tags,
    appliesTo: draft.applies_to,
    questions: draft.questions,
    checks: isClaim ? [] : draft.check,
    evidence,
    fromJob: job.id,
    note: `${pattern.places.length} places of the job depart from it.`,
  };
}
