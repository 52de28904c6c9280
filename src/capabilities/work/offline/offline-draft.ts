import type { RuleDescription } from '../../analyzers/index.ts';
import type { Persona } from '../../personas/index.ts';
import { draftOfPattern } from '../patterns/draft-of-pattern.ts';
import { repeatedPatterns, type RepeatedPattern } from '../patterns/repeated-pattern.ts';
import type { PersonaProposals } from '../standards/persona-proposals.ts';
import { isCitable, type StandardsInUse } from '../standards/standards-in-use.ts';
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
      if (earlier.some((one) => one.uses.some((uses) => uses === family || uses === places[0]!.rule)))
        continue;
      const carrier = await standardsInUse.carrierOf(places[0]!.rule);
      if (carrier !== undefined && carrier.approval !== 'shipped') continue;
      const rule = await describeRule(family);
      if (rule === undefined) continue;
      if (carrier === undefined && mayPropose)
        return { draft: await clean(draftOfPattern(pattern, rule), sources) };
      left ??= { left: leftToPerson(pattern, rule, carrier, jobId) };
    }
    return left;
  };
}

/** A standard of the project hides a shipped one of the same name, so it keeps what that one checks. */
async function inPlaceOfShipped(draft: DraftedStandard, sources: DraftSources): Promise<DraftedStandard> {
  const id = `${sources.persona.standardDirectory ?? ''}/${draft.topic}`;
  const uses = await sources.standardsInUse.shippedChecksOf(id);
  if (uses.length === 0) return draft;
  const kept = `Approved, it stands in the place of \`troupe:${id}\`, whose checks it keeps.`;
  const check = [...draft.check, ...uses.map((rule) => ({ uses: rule }))];
  return { ...draft, check, context: `${draft.context}\n\n${kept}` };
}

function leftToPerson(
  { places }: RepeatedPattern,
  { title }: RuleDescription,
  carrier: { citation: string; approval: 'shipped' | 'approved' | 'unapproved' | 'changed' } | undefined,
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
