import type { RuleDescription } from '../../analyzers/index.ts';
import type { Persona } from '../../personas/index.ts';
import { draftOfPattern } from '../patterns/draft-of-pattern.ts';
import { repeatedPatterns, type RepeatedPattern } from '../patterns/repeated-pattern.ts';
import type { EarlierProposal, PersonaProposals } from '../standards/persona-proposals.ts';
import { isCitable, type Carrier, type StandardsInUse } from '../standards/standards-in-use.ts';
import type { DraftedStandard } from '../standards/draft.ts';
import { toolsOf } from '../tools/work-tools.ts';
import type { OfflineDraft, OfflineTask } from './offline-task.ts';

/** What the offline reviewer needs to know before it proposes. */
export interface DraftSources {
  jobId: string;
  persona: Persona;
  standardsInUse: StandardsInUse;
  proposals: PersonaProposals;
  describeRule: (rule: string) => Promise<RuleDescription | undefined>;
  redact: (text: string) => Promise<{ text: string; redacted: number }>;
}

/**
 * Decides what becomes of the patterns a review has found. Proposed is the one most worth it that no standard carries and
 * nobody was asked about; where only a shipped standard carries it, a person is told how to make it the project's own.
 */
export function offlineDraft(sources: DraftSources): OfflineTask['draft'] {
  const { jobId, persona, standardsInUse, proposals, describeRule } = sources;
  const mayPropose = toolsOf(persona).some(({ name }) => name === 'propose_standard');
  return async (results) => {
    const patterns = repeatedPatterns(results, persona.checks);
    if (patterns.length === 0) return undefined;
    const earlier = await proposals.earlier();
    let left: OfflineDraft;
    for (const pattern of patterns) {
      const { family, places } = pattern;
      const before = earlier.find((one) =>
        one.uses.some((uses) => uses === family || uses === places[0]!.rule),
      );
      if (before?.state === 'open') left ??= { left: proposedBefore(before) };
      if (before !== undefined) continue;
      const carrier = await standardsInUse.carrierOf(places[0]!.rule);
      if (carrier !== undefined && carrier.approval !== 'shipped') continue;
      const rule = await describeRule(family);
      if (rule === undefined) continue;
      if (carrier === undefined && mayPropose) {
        const draft = await placed(draftOfPattern(pattern, rule), sources);
        if (draft === undefined) continue;
        return { draft: await clean(draft, sources) };
      }
      left ??= { left: leftToPerson(pattern, rule, carrier, jobId) };
    }
    return left;
  };
}

/**
 * The draft in its domain; `undefined` where the project has a standard of that name. A shipped one of that name is
 * hidden by the project's, so what it checks is kept.
 */
async function placed(
  draft: DraftedStandard,
  { persona, standardsInUse }: DraftSources,
): Promise<DraftedStandard | undefined> {
  const domain = persona.standardDirectory ?? persona.checks[0]!.split('/')[0]!;
  const id = `${domain}/${draft.topic}`;
  const there = await standardsInUse.named(id);
  if (there === undefined) return { ...draft, domain };
  if (there.approval !== 'shipped') return undefined;
  const kept = `Once approved, this takes the place of \`troupe:${id}\`${there.uses.length === 0 ? '' : ' and keeps its checks'}.`;
  const check = [...draft.check, ...there.uses.map((rule) => ({ uses: rule }))];
  return { ...draft, domain, check, context: `${draft.context}\n\n${kept}` };
}

function proposedBefore({ id, number }: EarlierProposal): string {
  return `**Proposed before as a standard:** ${id}. A person decides: \`troupe inbox show ${number}\`.`;
}

function leftToPerson(
  { places }: RepeatedPattern,
  { title }: RuleDescription,
  carrier: Carrier | undefined,
  jobId: string,
): string {
  const where = places.slice(0, 3).map((place) => `${place.file}:${place.line}`);
  const more = places.length > where.length ? ` and ${places.length - where.length} more` : '';
  const carried =
    carrier !== undefined && isCitable(carrier.approval) ? ` ${carrier.citation} covers it.` : '';
  return `**A pattern worth a standard of this project:** ${title}, at ${places.length} places (${where.join(', ')}${more}).${carried} \`troupe standards propose --from ${jobId.slice(-4)}\` drafts it.`;
}

/** Examples of some rules look like secrets; a standard holds none. */
async function clean(draft: DraftedStandard, { redact }: DraftSources): Promise<DraftedStandard> {
  const [examples, antiPatterns] = await Promise.all([redact(draft.examples), redact(draft.anti_patterns)]);
  return { ...draft, examples: examples.text, anti_patterns: antiPatterns.text };
}
